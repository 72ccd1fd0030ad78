-- Tries to follow a grievance with its number and a phone: who guesses is stopped.
create table follow_tries (
    network text not null,
    number text not null,
    at integer not null
) strict;
create index follow_tries_by_network on follow_tries (network, at);

-- How often a message was tried in vain; until `leased_until` nobody tries again.
alter table outbox add column failures integer not null default 0;
