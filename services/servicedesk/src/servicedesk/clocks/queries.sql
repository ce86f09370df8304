-- list_turns
-- Read the turns of some tickets of the scope, each ticket's in order.
SELECT
    ticket_id,
    number,
    party,
    agreement_id,
    waits_for,
    reason,
    actor_id,
    began_at,
    ended_at,
    worked_seconds
FROM ticket_turn
WHERE ticket_id = ANY(%(ticket_ids)s::uuid [])
ORDER BY ticket_id, number;

-- list_promises
-- Read what was promised for some tickets of the scope.
SELECT
    ticket_id,
    party,
    agreement_id,
    priority,
    response,
    update,
    fix,
    responded_at,
    responded_in,
    told_at,
    fixed_in
FROM ticket_promise
WHERE ticket_id = ANY(%(ticket_ids)s::uuid [])
ORDER BY ticket_id, party, agreement_id;

-- end_turns
-- End the present turns of some tickets.
UPDATE ticket_turn SET
    ended_at = said.ended_at,
    worked_seconds = said.worked_seconds
FROM jsonb_to_recordset(%(turns)s::jsonb) AS said (
    ticket_id uuid, number integer, ended_at timestamptz, worked_seconds integer
)
WHERE ticket_turn.ticket_id = said.ticket_id AND ticket_turn.number = said.number;

-- keep_clocks
-- Begin turns of some tickets, store what is promised, and put down what is due next.
WITH begun AS (
    INSERT INTO ticket_turn (
        la_code, school_id, ticket_id, requester_id, number, party, agreement_id,
        waits_for, reason, began_at
    )
    SELECT
        said.la_code,
        said.school_id,
        said.ticket_id,
        said.requester_id,
        said.number,
        said.party,
        said.agreement_id,
        said.waits_for,
        said.reason,
        said.began_at
    FROM jsonb_to_recordset(%(turns)s::jsonb) AS said (
        la_code text, school_id uuid, ticket_id uuid, requester_id text,
        number integer, party text, agreement_id uuid, waits_for text, reason text,
        began_at timestamptz
    )
),

kept AS (
    INSERT INTO ticket_promise (
        la_code, school_id, ticket_id, requester_id, party, agreement_id, priority,
        response, update, fix, responded_at, responded_in, told_at, fixed_in
    )
    SELECT
        said.la_code,
        said.school_id,
        said.ticket_id,
        said.requester_id,
        said.party,
        said.agreement_id,
        said.priority,
        said.response,
        said.update,
        said.fix,
        said.responded_at,
        said.responded_in,
        said.told_at,
        said.fixed_in
    FROM jsonb_to_recordset(%(promises)s::jsonb) AS said (
        la_code text, school_id uuid, ticket_id uuid, requester_id text, party text,
        agreement_id uuid, priority smallint, response integer, update integer,
        fix integer, responded_at timestamptz, responded_in integer,
        told_at timestamptz, fixed_in integer
    )
    ON CONFLICT ON CONSTRAINT ticket_promise_unique DO UPDATE SET
        priority = excluded.priority,
        response = excluded.response,
        update = excluded.update,
        fix = excluded.fix,
        responded_at = excluded.responded_at,
        responded_in = excluded.responded_in,
        told_at = excluded.told_at,
        fixed_in = excluded.fixed_in
)

-- What is due follows from the rest: it makes no version of the ticket.
UPDATE ticket SET
    due_at = said.due_at,
    due_for = said.due_for
FROM jsonb_to_recordset(%(dues)s::jsonb) AS said (
    ticket_id uuid, due_at timestamptz, due_for text
)
WHERE
    ticket.ticket_id = said.ticket_id
    AND (ticket.due_at, ticket.due_for) IS DISTINCT FROM (said.due_at, said.due_for);

-- renew_dues
-- Put down what is due by another calendar, but not where somebody was quicker.
UPDATE ticket SET
    due_at = said.due_at,
    due_for = said.due_for
FROM jsonb_to_recordset(%(dues)s::jsonb) AS said (
    ticket_id uuid, due_at timestamptz, due_for text, version integer,
    was_due_at timestamptz
)
WHERE
    ticket.ticket_id = said.ticket_id
    AND ticket.version = said.version
    AND ticket.due_at IS NOT DISTINCT FROM said.was_due_at
    AND (ticket.due_at, ticket.due_for) IS DISTINCT FROM (said.due_at, said.due_for);
