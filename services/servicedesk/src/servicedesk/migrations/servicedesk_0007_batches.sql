-- Which change of many at once a ticket's history entry was a part of.
-- depends: servicedesk_0004_comments

SET lock_timeout = '2s';

ALTER TABLE ticket_history ADD COLUMN batch_id uuid;

CREATE INDEX ticket_history_by_batch ON ticket_history (batch_id, ticket_id)
WHERE batch_id IS NOT NULL;
