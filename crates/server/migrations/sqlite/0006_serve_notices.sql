-- What was served on paper. The facts are as they were when the step was written; the code is what a window or a court types.
create table notices (
    reference text not null references cases (reference),
    ordinal integer not null,
    item text not null,
    title_zh text not null,
    title_en text not null,
    agency_zh text not null,
    agency_en text not null,
    -- JSON, as the program that prints reads it.
    facts text not null,
    code text not null unique,
    at integer not null,
    primary key (reference, ordinal)
) strict;
