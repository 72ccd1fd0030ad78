-- A draft that mends a case which the office returned.
alter table drafts add column corrects text references cases (reference);
create index drafts_by_correction on drafts (corrects) where corrects is not null;
