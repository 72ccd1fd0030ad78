-- The division whose officers see what was handed over to their agency; the city's officers see all.
alter table grievances add column division text;
update grievances set division = coalesce(
    (select cases.division from cases where cases.reference = grievances.reference), '430701'
) where agency is not null;
