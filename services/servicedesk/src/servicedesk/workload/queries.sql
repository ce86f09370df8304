-- count_groups
-- Count the unsettled tickets of a place by priority, party and person.
SELECT
    t.priority,
    t.party,
    t.assignee_id,
    count(*)::integer AS tickets,
    (count(*) FILTER (WHERE t.status = 'waiting'))::integer AS waiting,
    (count(*) FILTER (WHERE t.due_at < %(now)s))::integer AS late,
    (
        count(*) FILTER (
            WHERE t.due_at >= %(now)s
            AND t.due_at < %(now)s::timestamptz + interval '1 hour'
        )
    )::integer AS soon
FROM ticket AS t
WHERE
    t.status IN ('open', 'in-progress', 'waiting')
    AND (%(la_code)s::text IS NULL OR t.la_code = %(la_code)s::text)
    AND (%(school_id)s::uuid IS NULL OR t.school_id = %(school_id)s::uuid)
GROUP BY t.priority, t.party, t.assignee_id
ORDER BY t.priority, t.party, t.assignee_id;
