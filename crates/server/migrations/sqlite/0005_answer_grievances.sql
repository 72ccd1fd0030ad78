-- How grievances go round, and how people rate what was done.

alter table grievances add column status text not null default 'received';
alter table grievances add column version integer not null default 1;
-- report, or rating: one of the two lowest.
alter table grievances add column source text not null default 'report';
alter table grievances add column kind text;
alter table grievances add column weight text;
-- To whom it is handed.
alter table grievances add column agency text;
-- The last day of what is to be done now.
alter table grievances add column due text;
-- The officer's wording for everybody.
alter table grievances add column published text not null default '';
alter table grievances add column ended_at integer;
-- Changde's day: UTC+8.
update grievances set due = strftime('%Y-%m-%d', created_at + 28800, 'unixepoch');
create index grievances_by_status on grievances (status, due);

create table grievance_events (
    id integer primary key,
    number text not null references grievances (number),
    at integer not null,
    action text not null,
    status text not null,
    actor text not null,
    officer text,
    says text not null
) strict;
create index grievance_events_by_number on grievance_events (number, id);

-- One for a case; `follow_level` is the follow-up (追评).
create table ratings (
    reference text primary key references cases (reference),
    level integer not null,
    points text not null,
    says text not null,
    at integer not null,
    follow_level integer,
    follow_says text,
    follow_at integer,
    -- The call-back that it opened.
    grievance text references grievances (number)
) strict;

-- How it was sent: by the person, or at a counter.
alter table cases add column channel text not null default 'online';
