-- What lifted a ticket's priority when it was opened: an inspection, exams or a census.
-- depends: servicedesk_0034_reports

SET lock_timeout = '2s';

ALTER TABLE ticket ADD COLUMN lifted_for text;
ALTER TABLE ticket ADD CONSTRAINT ticket_lifted_for_check CHECK (
    lifted_for IN ('inspection', 'exams', 'census')
) NOT VALID;
ALTER TABLE ticket VALIDATE CONSTRAINT ticket_lifted_for_check;
