-- say
-- Store what one person says of a ticket, or says now, and return it with the ticket.
WITH said AS (
    INSERT INTO ticket_feedback (
        la_code, school_id, ticket_id, requester_id, view, score, obstacles, comment
    ) VALUES (
        %(la_code)s, %(school_id)s, %(ticket_id)s, %(requester_id)s,
        %(view)s, %(score)s, %(obstacles)s::text [], %(comment)s
    )
    ON CONFLICT (la_code, school_id, ticket_id, view, person_id) DO UPDATE SET
        score = excluded.score,
        obstacles = excluded.obstacles,
        comment = excluded.comment,
        said_at = excluded.said_at
    RETURNING ticket_id, view, person_id, score, obstacles, comment, said_at
)

SELECT
    said.ticket_id,
    ticket.number,
    ticket.summary,
    school.urn AS school_urn,
    said.view,
    said.person_id,
    said.score,
    said.obstacles,
    said.comment,
    said.said_at
FROM said
INNER JOIN ticket ON said.ticket_id = ticket.ticket_id
INNER JOIN school ON ticket.school_id = school.school_id;

-- list_of_ticket
-- What was said of a ticket of the scope, by who asked first.
SELECT
    feedback.ticket_id,
    ticket.number,
    ticket.summary,
    school.urn AS school_urn,
    feedback.view,
    feedback.person_id,
    feedback.score,
    feedback.obstacles,
    feedback.comment,
    feedback.said_at
FROM ticket_feedback AS feedback
INNER JOIN ticket ON feedback.ticket_id = ticket.ticket_id
INNER JOIN school ON ticket.school_id = school.school_id
WHERE feedback.ticket_id = %(ticket_id)s
ORDER BY feedback.view, feedback.said_at, feedback.person_id;

-- list_feedback
-- What was said of tickets of the scope, the latest first.
SELECT
    feedback.ticket_id,
    ticket.number,
    ticket.summary,
    school.urn AS school_urn,
    feedback.view,
    feedback.person_id,
    feedback.score,
    feedback.obstacles,
    feedback.comment,
    feedback.said_at
FROM ticket_feedback AS feedback
INNER JOIN ticket ON feedback.ticket_id = ticket.ticket_id
INNER JOIN school ON ticket.school_id = school.school_id
WHERE
    (%(la_code)s::text IS NULL OR feedback.la_code = %(la_code)s::text)
    AND (%(school_id)s::uuid IS NULL OR feedback.school_id = %(school_id)s::uuid)
    AND (%(view)s::text IS NULL OR feedback.view = %(view)s::text)
    AND (%(score)s::text IS NULL OR feedback.score = %(score)s::text)
    AND (%(obstacle)s::text IS NULL OR %(obstacle)s::text = ANY(feedback.obstacles))
    AND (%(begins)s::timestamptz IS NULL OR feedback.said_at >= %(begins)s::timestamptz)
    AND (%(ends)s::timestamptz IS NULL OR feedback.said_at < %(ends)s::timestamptz)
    AND (
        %(before)s::timestamptz IS NULL
        OR (feedback.said_at, feedback.ticket_id, feedback.view, feedback.person_id)
        < (%(before)s::timestamptz, %(ticket_id)s::uuid, %(of)s::text, %(by)s::text)
    )
ORDER BY
    feedback.said_at DESC,
    feedback.ticket_id DESC,
    feedback.view DESC,
    feedback.person_id DESC
LIMIT %(page_size)s;

-- sum_scores
-- How many tickets were found good, fair and poor in some days, by school or month.
SELECT
    found.of,
    (count(*) FILTER (WHERE found.score = 'good'))::integer AS good,
    (count(*) FILTER (WHERE found.score = 'fair'))::integer AS fair,
    (count(*) FILTER (WHERE found.score = 'poor'))::integer AS poor
FROM (
    SELECT
        CASE %(by)s::text
            WHEN 'school' THEN school.urn::text
            ELSE date_trunc('month', feedback.said_at AT TIME ZONE 'Europe/London')::date::text
        END AS of,
        feedback.score
    FROM ticket_feedback AS feedback
    INNER JOIN school ON feedback.school_id = school.school_id
    WHERE
        (%(la_code)s::text IS NULL OR feedback.la_code = %(la_code)s::text)
        AND (%(school_id)s::uuid IS NULL OR feedback.school_id = %(school_id)s::uuid)
        AND feedback.said_at >= %(begins)s::timestamptz
        AND feedback.said_at < %(ends)s::timestamptz
        AND feedback.score IS NOT NULL
) AS found
GROUP BY found.of
ORDER BY found.of;

-- sum_obstacles
-- For how many tickets of some days what stood in the way, by school or month.
SELECT
    found.of,
    found.obstacle,
    count(DISTINCT found.ticket_id)::integer AS tickets
FROM (
    SELECT
        CASE %(by)s::text
            WHEN 'school' THEN school.urn::text
            ELSE date_trunc('month', feedback.said_at AT TIME ZONE 'Europe/London')::date::text
        END AS of,
        met.obstacle,
        feedback.ticket_id
    FROM ticket_feedback AS feedback
    INNER JOIN school ON feedback.school_id = school.school_id
    CROSS JOIN LATERAL unnest(feedback.obstacles) AS met (obstacle)
    WHERE
        (%(la_code)s::text IS NULL OR feedback.la_code = %(la_code)s::text)
        AND (%(school_id)s::uuid IS NULL OR feedback.school_id = %(school_id)s::uuid)
        AND feedback.said_at >= %(begins)s::timestamptz
        AND feedback.said_at < %(ends)s::timestamptz
) AS found
GROUP BY found.of, found.obstacle
ORDER BY found.of, found.obstacle;
