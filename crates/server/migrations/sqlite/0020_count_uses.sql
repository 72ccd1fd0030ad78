-- What limits of time count. `subject` is a digest of whom or what is counted; a use counts until `ends_at`. A use of the same
-- `thing` counts once; an empty one is another each time.
create table rate_limit_uses (
    id integer primary key,
    limit_name text not null,
    subject text not null,
    thing text not null,
    ends_at integer not null
) strict;
create index rate_limit_uses_by_subject on rate_limit_uses (limit_name, subject, ends_at);
create index rate_limit_uses_by_end on rate_limit_uses (ends_at);

-- Counted there now.
drop table follow_tries;
drop index codes_by_network;
alter table codes drop column network;
drop index grievances_by_network;
alter table grievances drop column network;
alter table officers drop column failures;
alter table officers drop column locked_until;

-- Browsers in which an officer has signed in: guesses from elsewhere do not lock the officer out of them. `hash` is SHA-256
-- of a cookie that opens nothing.
create table officer_browsers (
    hash text not null,
    officer text not null references officers (id),
    seen_at integer not null,
    primary key (hash, officer)
) strict, without rowid;
