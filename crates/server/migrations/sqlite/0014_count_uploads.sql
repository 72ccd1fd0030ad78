-- How large an upload will be, which counts as soon as it has begun; and why a file was refused, which is answered again
-- without the file.
alter table uploads add column bytes integer not null default 0;
alter table uploads add column refused text;
update uploads set bytes = coalesce(json_extract(state, '$.length'), 0);
create index uploads_by_citizen on uploads (citizen);
create index attachments_by_citizen on attachments (citizen);
