-- The same states and steps under the names that the code gives them.
update tasks set status = 'awaiting-materials' where status = 'asked';
update case_events set status = 'awaiting-materials' where status = 'asked';
update case_events set action = 'request-materials' where action = 'ask';
update case_events set action = 'miss-deadline' where action = 'lapse';
update grievance_events set actor = 'grievance-desk' where actor = 'desk';
