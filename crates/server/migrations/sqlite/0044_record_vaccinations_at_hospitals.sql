-- Vaccination records are made by the hospital of birth, which is an office of the health commission. What was with disease
-- control goes where the certificate of the same case is; who had claimed it there has it no longer.
update tasks set
    agency = 'health',
    office = coalesce(
        (select certificate.office from tasks certificate
         where certificate.reference = tasks.reference and certificate.item = 'birth-certificate'),
        office
    ),
    officer = case when status in ('approved', 'not-accepted', 'refused', 'delivered', 'withdrawn', 'void') then officer end,
    version = version + 1
where agency = 'cdc' and item = 'vaccination-record';
update grievances set agency = 'health' where agency = 'cdc';
