-- Whose hands a ticket is in is asked for: what somebody leaves behind is handed on.
-- depends: servicedesk_0010_privacy

SET lock_timeout = '2s';

-- squawk-ignore require-concurrent-index-creation
CREATE INDEX ticket_by_assignee ON ticket (assignee_id, ticket_id)
WHERE assignee_id IS NOT NULL;
