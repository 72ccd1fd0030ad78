-- Last days that were set right when the days off of their year became known.
create table reckonings (
    id integer primary key,
    reference text not null references cases (reference),
    item text not null,
    at integer not null,
    due_before text not null,
    due text not null
) strict;
create index reckonings_by_case on reckonings (reference);
create index tasks_provisional on tasks (reference, item) where due_is_provisional = 1;
