-- Times are unix seconds. Identifiers are random (UUID) unless said otherwise.

-- Published definitions never change: a draft finishes on the version it began with.
create table published (
    service text not null,
    version integer not null,
    hash text not null,
    definition text not null,
    published_at integer not null,
    primary key (service, version)
) strict, without rowid;

create table citizens (
    id text primary key,
    phone text not null unique,
    name text not null,
    resident_id text not null,
    created_at integer not null
) strict;

-- One-time codes by SMS. `hash` is Argon2, `network` a digest of the sender's address.
create table codes (
    id text primary key,
    phone text not null,
    network text not null,
    hash text not null,
    sent_at integer not null,
    expires_at integer not null,
    tries integer not null default 0,
    used integer not null default 0
) strict;
create index codes_by_phone on codes (phone, sent_at);
create index codes_by_network on codes (network, sent_at);

-- `hash` is SHA-256 of the cookie: the table alone opens no session.
create table sessions (
    hash text primary key,
    citizen text not null references citizens (id),
    opened_at integer not null,
    seen_at integer not null
) strict;
create index sessions_by_age on sessions (opened_at);

create table drafts (
    id text primary key,
    citizen text not null references citizens (id),
    service text not null,
    service_version integer not null,
    division text not null,
    answers text not null,
    step text,
    version integer not null,
    created_at integer not null,
    saved_at integer not null,
    -- Sent drafts stay as the way back to their case, and are no longer listed.
    reference text
) strict;
create index drafts_by_citizen on drafts (citizen, saved_at);

-- Resumable uploads. `state` is the protocol's own record, the other columns are ours.
create table uploads (
    id text primary key,
    citizen text not null references citizens (id),
    draft text not null references drafts (id) on delete cascade,
    expires_at integer,
    state text not null
) strict;
create index uploads_by_draft on uploads (draft);

-- Finished uploads, cleaned. `object` and `thumbnail` are random names in the object store.
create table attachments (
    id text primary key,
    citizen text not null references citizens (id),
    draft text not null,
    field text not null,
    row text,
    name text not null,
    media_type text not null,
    bytes integer not null,
    width integer,
    height integer,
    sha256 text not null,
    object text not null,
    thumbnail text,
    created_at integer not null,
    reference text
) strict;
create index attachments_by_draft on attachments (draft);
create index attachments_by_object on attachments (object);
create index attachments_by_thumbnail on attachments (thumbnail);

create table cases (
    reference text primary key,
    citizen text not null references citizens (id),
    draft text not null unique,
    service text not null,
    service_version integer not null,
    division text not null,
    track text,
    answers text not null,
    received_at integer not null
) strict;
create index cases_by_citizen on cases (citizen, received_at);

create table tasks (
    reference text not null references cases (reference),
    position integer not null,
    item text not null,
    status text not null,
    due text,
    due_is_provisional integer not null,
    primary key (reference, item)
) strict;

-- The running number of references, by month (`2611`).
create table case_numbers (
    month text primary key,
    last integer not null
) strict;

-- What a key stood for, so that a repeated request gets the same receipt.
create table submissions (
    citizen text not null,
    key text not null,
    body text not null,
    reference text not null references cases (reference),
    primary key (citizen, key)
) strict;

create table audit (
    id integer primary key,
    at integer not null,
    actor text not null,
    action text not null,
    object text not null
) strict;

-- SMS that are to be sent; written in the transaction that causes them.
create table outbox (
    id integer primary key,
    phone text not null,
    text text not null,
    created_at integer not null,
    sent_at integer
) strict;
create index outbox_unsent on outbox (id) where sent_at is null;

create table grievances (
    number text primary key,
    citizen text references citizens (id),
    service text,
    step text,
    reference text,
    happened text not null,
    phone text not null,
    created_at integer not null
) strict;
create index grievances_by_citizen on grievances (citizen, created_at);

-- The demonstration's outside world: invented people and entries.
create table demo_people (
    phone text primary key,
    name text not null,
    resident_id text not null,
    ticket text not null unique,
    says_zh text not null,
    says_en text not null
) strict;

create table demo_register_entries (
    register text not null,
    key text not null,
    entry text not null,
    primary key (register, key)
) strict;

create table demo_certificates (
    id text primary key,
    phone text not null,
    type text not null,
    title_zh text not null,
    title_en text not null,
    number text not null,
    holder text not null,
    valid_until text
) strict;

create table demo_messages (
    id integer primary key,
    phone text not null,
    text text not null,
    received_at integer not null
) strict;

create table demo_faults (
    partner text primary key,
    mode text not null
) strict;
