-- What a phone keeps of an unfinished form is encrypted with this key, which only a session of its owner can fetch.
alter table citizens add column journal_key text not null default '';
