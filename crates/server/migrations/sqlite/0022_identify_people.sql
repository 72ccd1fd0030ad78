-- no-transaction
-- A person is the resident number that the identity service vouches for; a phone is what an account has for now, and at most one
-- has it. SQLite cannot drop the column's old `unique`, so the table is made anew. Killed in the middle, this begins again.
pragma foreign_keys = off;
begin immediate;
drop table if exists identified_citizens;
create table identified_citizens (
    id text primary key,
    -- Empty where somebody else has the number now.
    phone text not null,
    name text not null,
    -- Empty as long as nobody vouched for it.
    resident_id text not null,
    journal_key text not null default '',
    created_at integer not null,
    signed_in_at integer not null
) strict;
insert into identified_citizens
    select id, phone, name, resident_id, journal_key, created_at, unixepoch() from citizens;

-- One person under two phones becomes one account, the newer one.
create temp table merged as
    select citizens.id as former, (
        select other.id from citizens as other where other.resident_id = citizens.resident_id
        order by other.created_at desc, other.id desc limit 1
    ) as id from citizens where resident_id != '';
delete from merged where former = id;
delete from sessions where citizen in (select former from merged);
update drafts set citizen = (select id from merged where former = citizen) where citizen in (select former from merged);
update uploads set citizen = (select id from merged where former = citizen) where citizen in (select former from merged);
update attachments set citizen = (select id from merged where former = citizen) where citizen in (select former from merged);
update cases set citizen = (select id from merged where former = citizen) where citizen in (select former from merged);
update grievances set citizen = (select id from merged where former = citizen) where citizen in (select former from merged);
update or ignore submissions set citizen = (select id from merged where former = citizen)
    where citizen in (select former from merged);
delete from identified_citizens where id in (select former from merged);
drop table merged;

drop table citizens;
alter table identified_citizens rename to citizens;
create unique index citizens_by_phone on citizens (phone) where phone != '';
create unique index citizens_by_resident_id on citizens (resident_id) where resident_id != '';
create table if not exists used_tickets (
    -- SHA-256 of the super-app's ticket.
    hash text primary key,
    used_at integer not null
) strict, without rowid;
-- An account whose number somebody else has now gets no SMS.
create trigger if not exists outbox_to_nobody before insert on outbox when new.phone = '' begin
    select raise(ignore);
end;
commit;
pragma foreign_keys = on;
