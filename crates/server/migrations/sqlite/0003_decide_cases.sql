-- Officers, how tasks move, and what was said about it.

alter table tasks add column agency text not null default '';
alter table tasks add column version integer not null default 1;
-- Who has it in hand.
alter table tasks add column officer text;
-- Working days of the promise, and when its present state began.
alter table tasks add column promised integer not null default 0;
alter table tasks add column since integer not null default 0;
create index tasks_by_agency on tasks (agency, status);

create table officers (
    id text primary key,
    name text not null unique,
    agency text not null,
    division text not null,
    -- Nobody decides a case of their own.
    resident_id text not null,
    password text not null,
    totp text not null,
    failures integer not null default 0,
    locked_until integer not null default 0,
    -- The last time step whose code was used: a code opens one session.
    used_step integer not null default 0
) strict;

create table officer_sessions (
    hash text primary key,
    officer text not null references officers (id),
    opened_at integer not null,
    seen_at integer not null
) strict;

-- `actor` is applicant, officer or system; `says`, `basis` and `reasons` are what the applicant reads.
create table case_events (
    id integer primary key,
    reference text not null references cases (reference),
    item text not null,
    at integer not null,
    action text not null,
    status text not null,
    actor text not null,
    officer text,
    says text not null,
    basis text not null,
    reasons text not null
) strict;
create index case_events_by_case on case_events (reference, id);

-- Whoever sends a message has it alone until then; after a crash another may try.
alter table outbox add column leased_until integer not null default 0;
