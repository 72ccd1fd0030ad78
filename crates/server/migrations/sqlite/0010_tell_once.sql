-- What is told twice is found by who told it.
create index grievances_by_phone on grievances (phone, created_at);
