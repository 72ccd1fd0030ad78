-- Until when a certificate holds, which one it stands in the place of, when another one took its place, and when its holder is to
-- be reminded that it ends, and was; and the code of the certificate that an application renews. Those from before hold for good.
alter table certificates add column valid_until text;
alter table certificates add column replaces text references certificates (code);
alter table certificates add column replaced_at integer;
alter table certificates add column remind_on text;
alter table certificates add column reminded_at integer;
create index certificates_to_remind on certificates (remind_on) where reminded_at is null;
alter table drafts add column renews text references certificates (code);
alter table cases add column renews text references certificates (code);
create index cases_by_renewed on cases (renews) where renews is not null;
