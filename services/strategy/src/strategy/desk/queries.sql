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
        old.status AS old_status,
        old.is_open AS was_open,
        old.opened_at AS old_opened_at,
        old.resolved_at AS old_resolved_at,
        new.school_id AS new_school_id,
        new.status AS new_status,
        new.is_open AS is_open,
        new.opened_at AS new_opened_at,
        new.resolved_at AS new_resolved_at
),

stated AS (
    SELECT
        la_code,
        old_school_id AS school_id,
        was_open AS is_open,
        old_opened_at AS opened_at,
        old_resolved_at AS resolved_at,
        -1 AS difference
    FROM stored
    WHERE old_status <> 'departed'
    UNION ALL
    SELECT
        la_code,
        new_school_id AS school_id,
        is_open,
        new_opened_at AS opened_at,
        new_resolved_at AS resolved_at,
        1 AS difference
    FROM stored
    WHERE new_status <> 'departed'
),

counted_by_month AS (
    INSERT INTO ticket_month (
        la_code, school_id, in_month, opened, resolved, resolving_seconds
    )
    SELECT
        stated.la_code,
        stated.school_id,
        happened.in_month,
        sum(stated.difference * happened.opened) AS opened,
        sum(stated.difference * happened.resolved) AS resolved,
        sum(stated.difference * happened.seconds) AS resolving_seconds
    FROM stated
    CROSS JOIN LATERAL (
        VALUES
        (date_trunc('month', stated.opened_at AT TIME ZONE 'Europe/London')::date, 1, 0, 0::bigint),
        (
            date_trunc('month', stated.resolved_at AT TIME ZONE 'Europe/London')::date,
            0,
            1,
            greatest(
                extract(EPOCH FROM stated.resolved_at - stated.opened_at), 0
            )::bigint
        )
    ) AS happened (in_month, opened, resolved, seconds)
    WHERE happened.in_month IS NOT NULL
    GROUP BY stated.la_code, stated.school_id, happened.in_month
    ORDER BY stated.la_code, stated.school_id, happened.in_month
    ON CONFLICT (la_code, school_id, in_month) DO UPDATE SET
        opened = ticket_month.opened + excluded.opened,
        resolved = ticket_month.resolved + excluded.resolved,
        resolving_seconds
        = ticket_month.resolving_seconds + excluded.resolving_seconds
)

INSERT INTO open_ticket_count (la_code, school_id, open_tickets)
SELECT
    la_code,
    school_id,
    sum(difference) AS open_tickets
FROM stated
WHERE is_open
GROUP BY la_code, school_id
HAVING sum(difference) <> 0
ORDER BY la_code, school_id
ON CONFLICT (la_code, school_id) DO UPDATE SET
    open_tickets = open_ticket_count.open_tickets + excluded.open_tickets;

-- list_ticket_months
-- Count what came to and went from a school's desk, by month from one on.
SELECT
    in_month,
    opened,
    resolved
FROM ticket_month
WHERE
    la_code = %(la_code)s AND school_id = %(school_id)s
    AND in_month >= date_trunc('month', current_date)::date - interval '11 months'
ORDER BY in_month;

-- count_open_by_priority
-- Count a school's open tickets by priority.
SELECT
    priority,
    count(*)::integer AS tickets
FROM ticket
WHERE la_code = %(la_code)s AND school_id = %(school_id)s AND is_open
GROUP BY priority
ORDER BY priority;
