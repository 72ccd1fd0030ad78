-- How an application came about: own-phone, assisted, window or poster, with the poster's code. The server writes it when the
-- draft begins. Of those from before nobody knows.
alter table drafts add column channel text not null default 'unrecorded';
alter table drafts add column channel_code text;
alter table cases add column channel_code text;
update cases set channel = 'unrecorded';
