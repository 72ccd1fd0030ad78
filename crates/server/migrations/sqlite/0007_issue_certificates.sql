-- What approvals put into the wallet, one an item. The code is what a window scans.
create table certificates (
    reference text not null references cases (reference),
    item text not null,
    type text not null,
    title_zh text not null,
    title_en text not null,
    number text not null,
    holder text not null,
    agency_zh text not null,
    agency_en text not null,
    issued_at integer not null,
    code text not null unique,
    primary key (reference, item)
) strict;

-- What was paid for a case, once.
create table payments (
    reference text primary key references cases (reference),
    cents integer not null,
    number text not null,
    paid_at integer not null
) strict;

-- The demonstration's registers count the numbers that they give out: the same order gets the same number.
create table demo_numbers (
    series text not null,
    orderer text not null,
    number integer not null,
    primary key (series, orderer)
) strict;

-- The demonstration's payment service: an order is charged once, however often it is sent.
create table demo_charges (
    orderer text primary key,
    cents integer not null,
    charged_at integer not null
) strict;
