-- The answers, with the ids of its own files, that a correction began with: what was absent then may be answered freely.
alter table drafts add column begun_with text;
update drafts set begun_with = answers where corrects is not null;
