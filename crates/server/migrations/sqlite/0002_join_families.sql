-- Applications of one family (twins): the reference of the first one.
alter table drafts add column family text;
alter table cases add column family text;
create index cases_by_family on cases (family) where family is not null;
