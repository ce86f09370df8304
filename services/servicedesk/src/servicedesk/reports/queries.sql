-- count_tickets
-- What became of the tickets of a place in some days, by kind and priority.
SELECT
    t.kind,
    t.priority,
    (
        count(*) FILTER (WHERE t.opened_at >= %(begins)s AND t.opened_at < %(ends)s)
    )::integer AS opened,
    (
        count(*) FILTER (WHERE t.resolved_at >= %(begins)s AND t.resolved_at < %(ends)s)
    )::integer AS settled,
    (
        count(*) FILTER (
            WHERE t.status = 'closed' AND t.resolved_at IS NULL
            AND t.changed_at >= %(begins)s AND t.changed_at < %(ends)s
        )
    )::integer AS withdrawn,
    (
        count(*) FILTER (
            WHERE t.status NOT IN ('resolved', 'closed') AND t.opened_at < %(ends)s
        )
    )::integer AS under_way,
    (
        percentile_cont(0.5) WITHIN GROUP (
            ORDER BY extract(EPOCH FROM t.resolved_at - t.opened_at)::double precision
        ) FILTER (WHERE t.resolved_at >= %(begins)s AND t.resolved_at < %(ends)s)
    )::integer AS median_seconds,
    (
        percentile_cont(0.9) WITHIN GROUP (
            ORDER BY extract(EPOCH FROM t.resolved_at - t.opened_at)::double precision
        ) FILTER (WHERE t.resolved_at >= %(begins)s AND t.resolved_at < %(ends)s)
    )::integer AS slowest_seconds
FROM ticket AS t
WHERE
    (%(la_code)s::text IS NULL OR t.la_code = %(la_code)s::text)
    AND (%(school_id)s::uuid IS NULL OR t.school_id = %(school_id)s::uuid)
GROUP BY t.kind, t.priority
ORDER BY t.kind, t.priority;

-- count_reopened
-- How often tickets of a place were opened again in some days, by kind and priority.
SELECT
    t.kind,
    t.priority,
    count(*)::integer AS reopened
FROM ticket_history AS h
INNER JOIN ticket AS t ON h.ticket_id = t.ticket_id
WHERE
    h.fact = 'reopened'
    AND h.happened_at >= %(begins)s
    AND h.happened_at < %(ends)s
    AND (%(la_code)s::text IS NULL OR h.la_code = %(la_code)s::text)
    AND (%(school_id)s::uuid IS NULL OR h.school_id = %(school_id)s::uuid)
GROUP BY t.kind, t.priority;

-- count_promises
-- How promises for the tickets of a place that were settled in some days were kept.
SELECT
    found.party,
    found.measure,
    (count(*) FILTER (WHERE found.taken <= found.target))::integer AS kept,
    (count(*) FILTER (WHERE found.taken > found.target))::integer AS missed
FROM (
    SELECT
        p.party,
        told.measure,
        told.target,
        told.taken
    FROM ticket AS t
    INNER JOIN ticket_promise AS p ON t.ticket_id = p.ticket_id
    CROSS JOIN LATERAL (
        VALUES ('response', p.response, p.responded_in), ('fix', p.fix, p.fixed_in)
    ) AS told (measure, target, taken)
    WHERE
        t.resolved_at >= %(begins)s
        AND t.resolved_at < %(ends)s
        AND (%(la_code)s::text IS NULL OR t.la_code = %(la_code)s::text)
        AND (%(school_id)s::uuid IS NULL OR t.school_id = %(school_id)s::uuid)
) AS found
-- Where no terms are written nothing was counted, and nothing kept or missed.
WHERE found.target IS NOT NULL AND found.taken IS NOT NULL
GROUP BY found.party, found.measure
ORDER BY found.party, found.measure DESC;

-- count_schools
-- What became of each school's tickets in some days, and of what was promised for them.
SELECT
    school.urn AS school_urn,
    sum(found.opened)::integer AS opened,
    sum(found.settled)::integer AS settled,
    sum(found.under_way)::integer AS under_way,
    sum(found.kept)::integer AS kept,
    sum(found.missed)::integer AS missed
FROM (
    SELECT
        t.school_id,
        (t.opened_at >= %(begins)s AND t.opened_at < %(ends)s)::integer AS opened,
        coalesce(
            t.resolved_at >= %(begins)s AND t.resolved_at < %(ends)s, false
        )::integer AS settled,
        (
            t.status NOT IN ('resolved', 'closed') AND t.opened_at < %(ends)s
        )::integer AS under_way,
        0 AS kept,
        0 AS missed
    FROM ticket AS t
    WHERE
        (%(la_code)s::text IS NULL OR t.la_code = %(la_code)s::text)
        AND (%(school_id)s::uuid IS NULL OR t.school_id = %(school_id)s::uuid)
    UNION ALL
    SELECT
        t.school_id,
        0 AS opened,
        0 AS settled,
        0 AS under_way,
        coalesce(told.taken <= told.target, false)::integer AS kept,
        coalesce(told.taken > told.target, false)::integer AS missed
    FROM ticket AS t
    INNER JOIN ticket_promise AS p ON t.ticket_id = p.ticket_id
    CROSS JOIN LATERAL (
        VALUES (p.response, p.responded_in), (p.fix, p.fixed_in)
    ) AS told (target, taken)
    WHERE
        t.resolved_at >= %(begins)s
        AND t.resolved_at < %(ends)s
        AND (%(la_code)s::text IS NULL OR t.la_code = %(la_code)s::text)
        AND (%(school_id)s::uuid IS NULL OR t.school_id = %(school_id)s::uuid)
) AS found
INNER JOIN school ON found.school_id = school.school_id
GROUP BY school.urn
HAVING sum(found.opened + found.settled + found.under_way) > 0
ORDER BY school.urn;
