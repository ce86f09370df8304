-- What lifted a ticket's priority when it was opened: an inspection, exams or a census.
-- depends: servicedesk_0034_reports

SET lock_timeout = '2s';

-- The column is new and empty: nothing of it can be otherwise.
-- squawk-ignore constraint-missing-not-valid
ALTER TABLE ticket
ADD COLUMN lifted_for text
CONSTRAINT ticket_lifted_for_check
CHECK (lifted_for IN ('inspection', 'exams', 'census'));
