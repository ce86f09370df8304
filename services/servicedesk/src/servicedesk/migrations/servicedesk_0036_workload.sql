-- What a desk has before it: the tickets that are not settled, wherever they wait.
-- depends: servicedesk_0035_lifts

SET lock_timeout = '2s';

-- squawk-ignore-file require-concurrent-index-creation
CREATE INDEX ticket_unsettled_of_la ON ticket (la_code, ticket_id)
WHERE status IN ('open', 'in-progress', 'waiting');
CREATE INDEX ticket_unsettled ON ticket (school_id, ticket_id)
WHERE status IN ('open', 'in-progress', 'waiting');
