-- Each task goes to the division and office that the answers name; those from before stay where the application was made.
alter table tasks add column division text not null default '';
alter table tasks add column office text not null default '';
update tasks set division = (select cases.division from cases where cases.reference = tasks.reference);
drop index tasks_by_agency;
create index tasks_by_agency on tasks (agency, division, office, status);
-- The office of an officer; empty for those of the agency itself.
alter table officers add column office text not null default '';
