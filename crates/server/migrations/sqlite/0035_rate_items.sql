-- A rating is of one item of a case, so that it reaches the office that earned it. Those of whole cases, from before, have none.
create table item_ratings (
    reference text not null references cases (reference),
    item text not null,
    level integer not null,
    points text not null,
    says text not null,
    at integer not null,
    follow_level integer,
    follow_says text,
    follow_at integer,
    -- The call-back that it opened.
    grievance text references grievances (number),
    primary key (reference, item)
) strict;
insert into item_ratings
    select reference, '', level, points, says, at, follow_level, follow_says, follow_at, grievance from ratings;
drop table ratings;
alter table item_ratings rename to ratings;
-- The item that a low rating is of.
alter table grievances add column item text;
