-- What a report of some days looks for: what was opened again in them.
-- depends: servicedesk_0033_feedback

SET lock_timeout = '2s';

-- squawk-ignore-file require-concurrent-index-creation
CREATE INDEX ticket_reopened_of_la ON ticket_history (la_code, happened_at)
WHERE fact = 'reopened';
CREATE INDEX ticket_reopened ON ticket_history (school_id, happened_at)
WHERE fact = 'reopened';
