-- lock_tickets
-- Hold some tickets of the write scope, in one order for all, until the end.
SELECT ticket_id
FROM ticket
WHERE ticket_id = ANY(%(ticket_ids)s::uuid [])
ORDER BY ticket_id
FOR UPDATE;

-- get_tickets
-- Read some tickets of the scope.
SELECT
    ticket.ticket_id,
    ticket.number,
    ticket.school_id,
    school.urn AS school_urn,
    ticket.la_code,
    ticket.kind,
    ticket.summary,
    ticket.description,
    ticket.impact,
    ticket.urgency,
    ticket.priority,
    ticket.status,
    ticket.requester_id,
    ticket.assignee_id,
    ticket.asset_id,
    ticket.party,
    ticket.agreement_id,
    ticket.waits_for,
    ticket.due_at,
    ticket.due_for,
    ticket.lifted_for,
    ticket.version,
    ticket.opened_at,
    ticket.resolved_at,
    ticket.changed_at
FROM ticket
INNER JOIN school ON ticket.school_id = school.school_id
WHERE ticket.ticket_id = ANY(%(ticket_ids)s::uuid [])
ORDER BY ticket.ticket_id
LIMIT %(page_size)s;

-- update_tickets
-- Store the next version of many tickets, but of none that another change came to first.
UPDATE ticket SET
    impact = said.impact,
    urgency = said.urgency,
    priority = said.priority,
    status = said.status,
    assignee_id = said.assignee_id,
    waits_for = said.waits_for,
    resolved_at = CASE said.status
        WHEN 'resolved' THEN statement_timestamp()
        WHEN 'closed' THEN ticket.resolved_at
    END,
    version = ticket.version + 1,
    changed_at = statement_timestamp()
FROM jsonb_to_recordset(%(tickets)s::jsonb) AS said (
    ticket_id uuid, impact text, urgency text, priority smallint, status text,
    assignee_id text,
    waits_for text,
    version integer, school_urn integer
)
WHERE ticket.ticket_id = said.ticket_id AND ticket.version = said.version
RETURNING
ticket.ticket_id,
ticket.number,
ticket.school_id,
said.school_urn,
ticket.la_code,
ticket.kind,
ticket.summary,
ticket.description,
ticket.impact,
ticket.urgency,
ticket.priority,
ticket.status,
ticket.requester_id,
ticket.assignee_id,
ticket.asset_id,
ticket.party,
ticket.agreement_id,
ticket.waits_for,
ticket.due_at,
ticket.due_for,
ticket.lifted_for,
ticket.version,
ticket.opened_at,
ticket.resolved_at,
ticket.changed_at;

-- insert_history
-- Add what made some tickets the versions they are.
INSERT INTO ticket_history (
    la_code, school_id, ticket_id, requester_id, version, fact, changes, batch_id
)
SELECT
    said.la_code,
    said.school_id,
    said.ticket_id,
    said.requester_id,
    said.version,
    said.fact,
    said.changes,
    %(batch_id)s::uuid
FROM jsonb_to_recordset(%(entries)s::jsonb) AS said (
    la_code text, school_id uuid, ticket_id uuid, requester_id text, version integer,
    fact text, changes jsonb
);

-- list_batch
-- Read what one caller's change of many did to each.
SELECT
    ticket_id,
    version,
    fact,
    changes
FROM ticket_history
WHERE batch_id = %(batch_id)s AND actor_id = (SELECT scope_principal())
ORDER BY ticket_id
LIMIT %(page_size)s;
