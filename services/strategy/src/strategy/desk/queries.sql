-- record_tickets
-- Take over the tickets of a batch of events, newer versions only, and count them.
WITH stored AS (
    INSERT INTO ticket (
        la_code,
        school_id,
        ticket_id,
        kind,
        status,
        priority,
        asset_id,
        opened_at,
        resolved_at,
        version,
        is_open
    )
    SELECT
        said.la_code,
        said.school_id,
        said.ticket_id,
        said.kind,
        said.status,
        said.priority,
        said.asset_id,
        said.opened_at,
        said.resolved_at,
        said.version,
        said.is_open
    FROM
        jsonb_to_recordset(%(tickets)s::jsonb)
            AS said (
                la_code text,
                school_id uuid,
                ticket_id uuid,
                kind text,
                status text,
                priority integer,
                asset_id uuid,
                opened_at timestamptz,
                resolved_at timestamptz,
                version integer,
                is_open boolean
            )
    ORDER BY said.ticket_id
    ON CONFLICT (la_code, ticket_id) DO UPDATE
        SET
            school_id = excluded.school_id,
            kind = excluded.kind,
            status = excluded.status,
            priority = excluded.priority,
            asset_id = excluded.asset_id,
            opened_at = excluded.opened_at,
            resolved_at = excluded.resolved_at,
            version = excluded.version,
            is_open = excluded.is_open
        WHERE excluded.version > ticket.version
    RETURNING
        new.la_code,
        old.school_id AS old_school_id,
        old.is_open AS was_open,
        new.school_id AS new_school_id,
        new.is_open AS is_open
),

counted AS (
    SELECT
        la_code,
        old_school_id AS school_id,
        -1 AS difference
    FROM stored
    WHERE was_open
    UNION ALL
    SELECT
        la_code,
        new_school_id AS school_id,
        1 AS difference
    FROM stored
    WHERE is_open
)

INSERT INTO open_ticket_count (la_code, school_id, open_tickets)
SELECT
    la_code,
    school_id,
    sum(difference) AS open_tickets
FROM counted
GROUP BY la_code, school_id
HAVING sum(difference) <> 0
ORDER BY la_code, school_id
ON CONFLICT (la_code, school_id) DO UPDATE SET
    open_tickets = open_ticket_count.open_tickets + excluded.open_tickets;
