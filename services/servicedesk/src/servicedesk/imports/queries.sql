-- take_numbers
-- Take as many numbers of each school as are asked for; they wait for this to commit.
INSERT INTO ticket_counter (la_code, school_id, last_number)
SELECT
    asked.la_code,
    asked.school_id,
    1000 + asked.wanted AS last_number
FROM jsonb_to_recordset(%(counts)s::jsonb) AS asked (
    la_code text, school_id uuid, wanted integer
)
-- Two imports at once take their locks in one order.
ORDER BY asked.la_code, asked.school_id
ON CONFLICT (la_code, school_id) DO UPDATE
SET last_number = ticket_counter.last_number + excluded.last_number - 1000
RETURNING school_id, last_number;

-- insert_tickets
-- Store tickets as they stand; their ids are of the time at which they were opened.
INSERT INTO ticket (
    la_code, school_id, ticket_id, number, kind, summary, description, impact, urgency,
    priority, status, requester_id, assignee_id, asset_id, party, waits_for, version,
    opened_at, resolved_at, changed_at
)
SELECT
    said.la_code,
    said.school_id,
    uuidv7(said.opened_at - now()) AS ticket_id,
    said.number,
    said.kind,
    said.summary,
    said.description,
    said.impact,
    said.urgency,
    said.priority,
    said.status,
    said.requester_id,
    said.assignee_id,
    said.asset_id,
    said.party,
    said.waits_for,
    said.version,
    said.opened_at,
    said.resolved_at,
    said.changed_at
FROM jsonb_to_recordset(%(tickets)s::jsonb) AS said (
    la_code text,
    school_id uuid,
    number integer,
    kind text,
    summary text,
    description text,
    impact text,
    urgency text,
    priority smallint,
    status text,
    requester_id text,
    assignee_id text,
    asset_id uuid,
    party text,
    waits_for text,
    version integer,
    opened_at timestamptz,
    resolved_at timestamptz,
    changed_at timestamptz
)
RETURNING ticket_id, school_id, number;

-- insert_entries
-- Add what made tickets the versions they are, as told by the calling principal.
INSERT INTO ticket_history (
    la_code, school_id, ticket_id, requester_id, version, fact, actor_id, changes,
    happened_at, told_by
)
SELECT
    said.la_code,
    said.school_id,
    said.ticket_id,
    said.requester_id,
    said.version,
    said.fact,
    said.actor_id,
    said.changes,
    said.at AS happened_at,
    scope_principal() AS told_by
FROM jsonb_to_recordset(%(entries)s::jsonb) AS said (
    la_code text,
    school_id uuid,
    ticket_id uuid,
    requester_id text,
    version integer,
    fact text,
    actor_id text,
    changes jsonb,
    at timestamptz
);

-- insert_comments
-- Add comments as told by the calling principal; their ids are of the time of each.
INSERT INTO ticket_comment (
    la_code, school_id, ticket_id, requester_id, comment_id, author_id, body,
    commented_at, told_by
)
SELECT
    said.la_code,
    said.school_id,
    said.ticket_id,
    said.requester_id,
    uuidv7(said.commented_at - now()) AS comment_id,
    said.author_id,
    said.body,
    said.commented_at,
    scope_principal() AS told_by
FROM jsonb_to_recordset(%(comments)s::jsonb) AS said (
    la_code text,
    school_id uuid,
    ticket_id uuid,
    requester_id text,
    author_id text,
    body text,
    commented_at timestamptz
);
