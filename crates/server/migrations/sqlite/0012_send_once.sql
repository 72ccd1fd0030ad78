-- The demonstration's gateway takes what a key stands for once.
alter table demo_messages add column key text;
create unique index demo_messages_by_key on demo_messages (key);
