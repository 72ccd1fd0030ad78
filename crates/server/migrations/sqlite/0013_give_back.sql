-- Before money is asked for, it is written down that it will be: what the answer of the payment service was lost of is
-- found again, and given back where the items that it was for were not granted.
create table payment_orders (
    reference text primary key references cases (reference),
    ordered_at integer not null,
    refunded_cents integer,
    -- The payment service's.
    refund_number text,
    refunded_at integer
) strict;
insert into payment_orders (reference, ordered_at) select reference, paid_at from payments;

create table demo_refunds (
    orderer text primary key,
    cents integer not null,
    refunded_at integer not null
) strict;
