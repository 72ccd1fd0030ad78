-- Somebody is asked to sign a draft on their own phone. What opens a request is who signs in: the identifier opens nothing.
create table signature_requests (
    id text primary key,
    draft text not null references drafts (id) on delete cascade,
    -- `field`, or `group.field` with the lasting name of the row.
    field text not null,
    row text not null,
    -- Whom the form named when it was sent. Without a resident number the phone decides who may open it.
    name text not null,
    phone text not null,
    resident_id text not null,
    state text not null,
    since integer not null,
    asked_at integer not null,
    ends_at integer not null,
    reason text not null default '',
    reminders integer not null default 0,
    -- What the signer saw last: the hash of the content, and the lines of the review.
    seen_hash text not null default '',
    seen_review text not null default '[]'
) strict;
create unique index live_signature_requests on signature_requests (draft, field, row) where state in ('sent', 'seen');
create index signature_requests_by_draft on signature_requests (draft, asked_at);
