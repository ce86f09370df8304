-- next_ticket_number
-- Take the next number of a school; the school's numbers wait for this to commit.
INSERT INTO ticket_counter (la_code, school_id, last_number)
VALUES (%(la_code)s, %(school_id)s, 1001)
ON CONFLICT (la_code, school_id) DO UPDATE
SET last_number = ticket_counter.last_number + 1
RETURNING last_number;

-- insert_ticket
-- Open a ticket and return it as stored.
INSERT INTO ticket (
    la_code, school_id, number, kind, summary, description, impact, urgency, priority,
    requester_id, asset_id, party, lifted_for
) VALUES (
    %(la_code)s, %(school_id)s, %(number)s, %(kind)s, %(summary)s, %(description)s,
    %(impact)s, %(urgency)s, %(priority)s, %(requester_id)s, %(asset_id)s, %(party)s,
    %(lifted_for)s
)
RETURNING
ticket_id,
number,
school_id,
%(school_urn)s::int AS school_urn,
la_code,
kind,
summary,
description,
impact,
urgency,
priority,
status,
requester_id,
assignee_id,
asset_id,
party,
agreement_id,
waits_for,
due_at,
due_for,
lifted_for,
version,
opened_at,
resolved_at,
changed_at;

-- get_ticket
-- Read a ticket of the scope.
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
WHERE ticket.ticket_id = %(ticket_id)s;

-- hold_ticket
-- Let nobody else change a ticket that may be written until the end.
SELECT ticket_id FROM ticket
WHERE ticket_id = %(ticket_id)s
-- A new comment refers to its key meanwhile, and may.
FOR NO KEY UPDATE;

-- update_ticket
-- Store a ticket's next version, unless another change came first.
UPDATE ticket SET
    kind = %(kind)s,
    summary = %(summary)s,
    description = %(description)s,
    impact = %(impact)s,
    urgency = %(urgency)s,
    priority = %(priority)s,
    status = %(status)s,
    assignee_id = %(assignee_id)s,
    asset_id = %(asset_id)s,
    party = %(party)s,
    agreement_id = %(agreement_id)s,
    waits_for = %(waits_for)s,
    resolved_at = CASE %(status)s::text
        WHEN 'resolved' THEN statement_timestamp()
        WHEN 'closed' THEN resolved_at
    END,
    version = version + 1,
    changed_at = statement_timestamp()
WHERE ticket_id = %(ticket_id)s AND version = %(version)s
RETURNING
ticket_id,
number,
school_id,
%(school_urn)s::int AS school_urn,
la_code,
kind,
summary,
description,
impact,
urgency,
priority,
status,
requester_id,
assignee_id,
asset_id,
party,
agreement_id,
waits_for,
due_at,
due_for,
lifted_for,
version,
opened_at,
resolved_at,
changed_at;

-- list_tickets_by_opening
-- List tickets of the scope, those opened last first.
SELECT
    (found.ticket).ticket_id,
    (found.ticket).number,
    (found.ticket).school_id,
    school.urn AS school_urn,
    (found.ticket).la_code,
    (found.ticket).kind,
    (found.ticket).summary,
    (found.ticket).description,
    (found.ticket).impact,
    (found.ticket).urgency,
    (found.ticket).priority,
    (found.ticket).status,
    (found.ticket).requester_id,
    (found.ticket).assignee_id,
    (found.ticket).asset_id,
    (found.ticket).party,
    (found.ticket).agreement_id,
    (found.ticket).waits_for,
    (found.ticket).due_at,
    (found.ticket).due_for,
    (found.ticket).lifted_for,
    (found.ticket).version,
    (found.ticket).opened_at,
    (found.ticket).resolved_at,
    (found.ticket).changed_at
FROM (
    SELECT held.ticket
    FROM unnest(%(whole_las)s::text []) AS place (la_code)
    CROSS JOIN LATERAL (
        SELECT ticket
        FROM ticket
        WHERE
            ticket.la_code = place.la_code
            AND (%(status)s::text IS NULL OR ticket.status = %(status)s::text)
            AND (%(priority)s::int IS NULL OR ticket.priority = %(priority)s::int)
            AND (%(kind)s::text IS NULL OR ticket.kind = %(kind)s::text)
            AND (%(party)s::text IS NULL OR ticket.party = %(party)s::text)
            AND (
                %(due_within)s::int IS NULL
                OR ticket.due_at
                < statement_timestamp() + make_interval(mins => %(due_within)s::int)
            )
            AND (
                %(asset_ids)s::uuid [] IS NULL
                OR ticket.asset_id = ANY(%(asset_ids)s::uuid [])
            )
            AND (
                %(assignee_id)s::text IS NULL
                OR ticket.assignee_id = %(assignee_id)s::text
            )
            AND (
                %(parts)s::text [] IS NULL
                OR ticket.search_text LIKE ALL(%(parts)s::text [])
            )
            AND (
                %(after_id)s::uuid IS NULL
                OR (ticket.opened_at, ticket.ticket_id)
                < (%(after_key)s::timestamptz, %(after_id)s::uuid)
            )
        ORDER BY ticket.opened_at DESC, ticket.ticket_id DESC
        LIMIT %(page_size)s
    ) AS held
    UNION ALL
    SELECT held.ticket
    FROM school AS place
    CROSS JOIN LATERAL (
        SELECT ticket
        FROM ticket
        WHERE
            ticket.school_id = place.school_id
            AND (%(status)s::text IS NULL OR ticket.status = %(status)s::text)
            AND (%(priority)s::int IS NULL OR ticket.priority = %(priority)s::int)
            AND (%(kind)s::text IS NULL OR ticket.kind = %(kind)s::text)
            AND (%(party)s::text IS NULL OR ticket.party = %(party)s::text)
            AND (
                %(due_within)s::int IS NULL
                OR ticket.due_at
                < statement_timestamp() + make_interval(mins => %(due_within)s::int)
            )
            AND (
                %(asset_ids)s::uuid [] IS NULL
                OR ticket.asset_id = ANY(%(asset_ids)s::uuid [])
            )
            AND (
                %(assignee_id)s::text IS NULL
                OR ticket.assignee_id = %(assignee_id)s::text
            )
            AND (
                %(parts)s::text [] IS NULL
                OR ticket.search_text LIKE ALL(%(parts)s::text [])
            )
            AND (
                %(after_id)s::uuid IS NULL
                OR (ticket.opened_at, ticket.ticket_id)
                < (%(after_key)s::timestamptz, %(after_id)s::uuid)
            )
        ORDER BY ticket.opened_at DESC, ticket.ticket_id DESC
        LIMIT %(page_size)s
    ) AS held
    WHERE
        (
            place.school_id = ANY(%(school_ids)s::uuid [])
            OR place.la_code = ANY(%(la_codes)s::text [])
        )
        AND place.la_code <> ALL(%(whole_las)s::text [])
        AND (%(la_code)s::text IS NULL OR place.la_code = %(la_code)s::text)
        AND (%(school_urn)s::int IS NULL OR place.urn = %(school_urn)s::int)
) AS found
INNER JOIN school ON (found.ticket).school_id = school.school_id
ORDER BY (found.ticket).opened_at DESC, (found.ticket).ticket_id DESC
LIMIT %(page_size)s;

-- list_tickets_by_opening_up
-- List tickets of the scope, those opened first first.
SELECT
    (found.ticket).ticket_id,
    (found.ticket).number,
    (found.ticket).school_id,
    school.urn AS school_urn,
    (found.ticket).la_code,
    (found.ticket).kind,
    (found.ticket).summary,
    (found.ticket).description,
    (found.ticket).impact,
    (found.ticket).urgency,
    (found.ticket).priority,
    (found.ticket).status,
    (found.ticket).requester_id,
    (found.ticket).assignee_id,
    (found.ticket).asset_id,
    (found.ticket).party,
    (found.ticket).agreement_id,
    (found.ticket).waits_for,
    (found.ticket).due_at,
    (found.ticket).due_for,
    (found.ticket).lifted_for,
    (found.ticket).version,
    (found.ticket).opened_at,
    (found.ticket).resolved_at,
    (found.ticket).changed_at
FROM (
    SELECT held.ticket
    FROM unnest(%(whole_las)s::text []) AS place (la_code)
    CROSS JOIN LATERAL (
        SELECT ticket
        FROM ticket
        WHERE
            ticket.la_code = place.la_code
            AND (%(status)s::text IS NULL OR ticket.status = %(status)s::text)
            AND (%(priority)s::int IS NULL OR ticket.priority = %(priority)s::int)
            AND (%(kind)s::text IS NULL OR ticket.kind = %(kind)s::text)
            AND (%(party)s::text IS NULL OR ticket.party = %(party)s::text)
            AND (
                %(due_within)s::int IS NULL
                OR ticket.due_at
                < statement_timestamp() + make_interval(mins => %(due_within)s::int)
            )
            AND (
                %(asset_ids)s::uuid [] IS NULL
                OR ticket.asset_id = ANY(%(asset_ids)s::uuid [])
            )
            AND (
                %(assignee_id)s::text IS NULL
                OR ticket.assignee_id = %(assignee_id)s::text
            )
            AND (
                %(parts)s::text [] IS NULL
                OR ticket.search_text LIKE ALL(%(parts)s::text [])
            )
            AND (
                %(after_id)s::uuid IS NULL
                OR (ticket.opened_at, ticket.ticket_id)
                > (%(after_key)s::timestamptz, %(after_id)s::uuid)
            )
        ORDER BY ticket.opened_at, ticket.ticket_id
        LIMIT %(page_size)s
    ) AS held
    UNION ALL
    SELECT held.ticket
    FROM school AS place
    CROSS JOIN LATERAL (
        SELECT ticket
        FROM ticket
        WHERE
            ticket.school_id = place.school_id
            AND (%(status)s::text IS NULL OR ticket.status = %(status)s::text)
            AND (%(priority)s::int IS NULL OR ticket.priority = %(priority)s::int)
            AND (%(kind)s::text IS NULL OR ticket.kind = %(kind)s::text)
            AND (%(party)s::text IS NULL OR ticket.party = %(party)s::text)
            AND (
                %(due_within)s::int IS NULL
                OR ticket.due_at
                < statement_timestamp() + make_interval(mins => %(due_within)s::int)
            )
            AND (
                %(asset_ids)s::uuid [] IS NULL
                OR ticket.asset_id = ANY(%(asset_ids)s::uuid [])
            )
            AND (
                %(assignee_id)s::text IS NULL
                OR ticket.assignee_id = %(assignee_id)s::text
            )
            AND (
                %(parts)s::text [] IS NULL
                OR ticket.search_text LIKE ALL(%(parts)s::text [])
            )
            AND (
                %(after_id)s::uuid IS NULL
                OR (ticket.opened_at, ticket.ticket_id)
                > (%(after_key)s::timestamptz, %(after_id)s::uuid)
            )
        ORDER BY ticket.opened_at, ticket.ticket_id
        LIMIT %(page_size)s
    ) AS held
    WHERE
        (
            place.school_id = ANY(%(school_ids)s::uuid [])
            OR place.la_code = ANY(%(la_codes)s::text [])
        )
        AND place.la_code <> ALL(%(whole_las)s::text [])
        AND (%(la_code)s::text IS NULL OR place.la_code = %(la_code)s::text)
        AND (%(school_urn)s::int IS NULL OR place.urn = %(school_urn)s::int)
) AS found
INNER JOIN school ON (found.ticket).school_id = school.school_id
ORDER BY (found.ticket).opened_at, (found.ticket).ticket_id
LIMIT %(page_size)s;

-- list_tickets_by_due
-- List tickets of the scope, what is due soonest first; of which nothing is due last.
SELECT
    (found.ticket).ticket_id,
    (found.ticket).number,
    (found.ticket).school_id,
    school.urn AS school_urn,
    (found.ticket).la_code,
    (found.ticket).kind,
    (found.ticket).summary,
    (found.ticket).description,
    (found.ticket).impact,
    (found.ticket).urgency,
    (found.ticket).priority,
    (found.ticket).status,
    (found.ticket).requester_id,
    (found.ticket).assignee_id,
    (found.ticket).asset_id,
    (found.ticket).party,
    (found.ticket).agreement_id,
    (found.ticket).waits_for,
    (found.ticket).due_at,
    (found.ticket).due_for,
    (found.ticket).lifted_for,
    (found.ticket).version,
    (found.ticket).opened_at,
    (found.ticket).resolved_at,
    (found.ticket).changed_at
FROM (
    SELECT held.ticket
    FROM unnest(%(whole_las)s::text []) AS place (la_code)
    CROSS JOIN LATERAL (
        SELECT ticket
        FROM ticket
        WHERE
            ticket.la_code = place.la_code
            AND (%(status)s::text IS NULL OR ticket.status = %(status)s::text)
            AND (%(priority)s::int IS NULL OR ticket.priority = %(priority)s::int)
            AND (%(kind)s::text IS NULL OR ticket.kind = %(kind)s::text)
            AND (%(party)s::text IS NULL OR ticket.party = %(party)s::text)
            AND (
                %(due_within)s::int IS NULL
                OR ticket.due_at
                < statement_timestamp() + make_interval(mins => %(due_within)s::int)
            )
            AND (
                %(asset_ids)s::uuid [] IS NULL
                OR ticket.asset_id = ANY(%(asset_ids)s::uuid [])
            )
            AND (
                %(assignee_id)s::text IS NULL
                OR ticket.assignee_id = %(assignee_id)s::text
            )
            AND (
                %(parts)s::text [] IS NULL
                OR ticket.search_text LIKE ALL(%(parts)s::text [])
            )
            AND (
                %(after_id)s::uuid IS NULL
                OR (coalesce(ticket.due_at, 'infinity'), ticket.ticket_id)
                > (%(after_key)s::timestamptz, %(after_id)s::uuid)
            )
        ORDER BY coalesce(ticket.due_at, 'infinity'), ticket.ticket_id
        LIMIT %(page_size)s
    ) AS held
    UNION ALL
    SELECT held.ticket
    FROM school AS place
    CROSS JOIN LATERAL (
        SELECT ticket
        FROM ticket
        WHERE
            ticket.school_id = place.school_id
            AND (%(status)s::text IS NULL OR ticket.status = %(status)s::text)
            AND (%(priority)s::int IS NULL OR ticket.priority = %(priority)s::int)
            AND (%(kind)s::text IS NULL OR ticket.kind = %(kind)s::text)
            AND (%(party)s::text IS NULL OR ticket.party = %(party)s::text)
            AND (
                %(due_within)s::int IS NULL
                OR ticket.due_at
                < statement_timestamp() + make_interval(mins => %(due_within)s::int)
            )
            AND (
                %(asset_ids)s::uuid [] IS NULL
                OR ticket.asset_id = ANY(%(asset_ids)s::uuid [])
            )
            AND (
                %(assignee_id)s::text IS NULL
                OR ticket.assignee_id = %(assignee_id)s::text
            )
            AND (
                %(parts)s::text [] IS NULL
                OR ticket.search_text LIKE ALL(%(parts)s::text [])
            )
            AND (
                %(after_id)s::uuid IS NULL
                OR (coalesce(ticket.due_at, 'infinity'), ticket.ticket_id)
                > (%(after_key)s::timestamptz, %(after_id)s::uuid)
            )
        ORDER BY coalesce(ticket.due_at, 'infinity'), ticket.ticket_id
        LIMIT %(page_size)s
    ) AS held
    WHERE
        (
            place.school_id = ANY(%(school_ids)s::uuid [])
            OR place.la_code = ANY(%(la_codes)s::text [])
        )
        AND place.la_code <> ALL(%(whole_las)s::text [])
        AND (%(la_code)s::text IS NULL OR place.la_code = %(la_code)s::text)
        AND (%(school_urn)s::int IS NULL OR place.urn = %(school_urn)s::int)
) AS found
INNER JOIN school ON (found.ticket).school_id = school.school_id
ORDER BY
    coalesce((found.ticket).due_at, 'infinity'),
    (found.ticket).ticket_id
LIMIT %(page_size)s;

-- count_tickets
-- Count tickets of the scope, no further than a reader would believe.
SELECT count(*)::integer
FROM (
    SELECT 1
    FROM ticket
    INNER JOIN school ON ticket.school_id = school.school_id
    WHERE
        (%(la_code)s::text IS NULL OR ticket.la_code = %(la_code)s::text)
        AND (
            %(school_ids)s::uuid [] IS NULL
            OR ticket.school_id = ANY(%(school_ids)s::uuid [])
        )
        AND (%(school_urn)s::int IS NULL OR school.urn = %(school_urn)s::int)
        AND (%(status)s::text IS NULL OR ticket.status = %(status)s::text)
        AND (%(priority)s::int IS NULL OR ticket.priority = %(priority)s::int)
        AND (%(kind)s::text IS NULL OR ticket.kind = %(kind)s::text)
        AND (%(party)s::text IS NULL OR ticket.party = %(party)s::text)
        AND (
            %(due_within)s::int IS NULL
            OR ticket.due_at
            < statement_timestamp() + make_interval(mins => %(due_within)s::int)
        )
        AND (
            %(asset_ids)s::uuid [] IS NULL
            OR ticket.asset_id = ANY(%(asset_ids)s::uuid [])
        )
        AND (
            %(assignee_id)s::text IS NULL
            OR ticket.assignee_id = %(assignee_id)s::text
        )
        AND (%(parts)s::text [] IS NULL OR ticket.search_text LIKE ALL(%(parts)s::text []))
    LIMIT %(most)s -- noqa: AM09
) AS found;

-- list_tickets_by_priority
-- List tickets of the scope, the most pressing first and then the oldest.
SELECT
    (found.ticket).ticket_id,
    (found.ticket).number,
    (found.ticket).school_id,
    school.urn AS school_urn,
    (found.ticket).la_code,
    (found.ticket).kind,
    (found.ticket).summary,
    (found.ticket).description,
    (found.ticket).impact,
    (found.ticket).urgency,
    (found.ticket).priority,
    (found.ticket).status,
    (found.ticket).requester_id,
    (found.ticket).assignee_id,
    (found.ticket).asset_id,
    (found.ticket).party,
    (found.ticket).agreement_id,
    (found.ticket).waits_for,
    (found.ticket).due_at,
    (found.ticket).due_for,
    (found.ticket).lifted_for,
    (found.ticket).version,
    (found.ticket).opened_at,
    (found.ticket).resolved_at,
    (found.ticket).changed_at
FROM (
    SELECT held.ticket
    FROM unnest(%(whole_las)s::text []) AS place (la_code)
    CROSS JOIN LATERAL (
        SELECT ticket
        FROM ticket
        WHERE
            ticket.la_code = place.la_code
            AND (%(status)s::text IS NULL OR ticket.status = %(status)s::text)
            AND (%(priority)s::int IS NULL OR ticket.priority = %(priority)s::int)
            AND (%(kind)s::text IS NULL OR ticket.kind = %(kind)s::text)
            AND (%(party)s::text IS NULL OR ticket.party = %(party)s::text)
            AND (
                %(due_within)s::int IS NULL
                OR ticket.due_at
                < statement_timestamp() + make_interval(mins => %(due_within)s::int)
            )
            AND (
                %(asset_ids)s::uuid [] IS NULL
                OR ticket.asset_id = ANY(%(asset_ids)s::uuid [])
            )
            AND (
                %(assignee_id)s::text IS NULL
                OR ticket.assignee_id = %(assignee_id)s::text
            )
            AND (
                %(parts)s::text [] IS NULL
                OR ticket.search_text LIKE ALL(%(parts)s::text [])
            )
            AND (
                %(after_id)s::uuid IS NULL
                OR (ticket.priority, ticket.ticket_id)
                > (%(after_key)s::int, %(after_id)s::uuid)
            )
        ORDER BY ticket.priority, ticket.ticket_id
        LIMIT %(page_size)s
    ) AS held
    UNION ALL
    SELECT held.ticket
    FROM school AS place
    CROSS JOIN LATERAL (
        SELECT ticket
        FROM ticket
        WHERE
            ticket.school_id = place.school_id
            AND (%(status)s::text IS NULL OR ticket.status = %(status)s::text)
            AND (%(priority)s::int IS NULL OR ticket.priority = %(priority)s::int)
            AND (%(kind)s::text IS NULL OR ticket.kind = %(kind)s::text)
            AND (%(party)s::text IS NULL OR ticket.party = %(party)s::text)
            AND (
                %(due_within)s::int IS NULL
                OR ticket.due_at
                < statement_timestamp() + make_interval(mins => %(due_within)s::int)
            )
            AND (
                %(asset_ids)s::uuid [] IS NULL
                OR ticket.asset_id = ANY(%(asset_ids)s::uuid [])
            )
            AND (
                %(assignee_id)s::text IS NULL
                OR ticket.assignee_id = %(assignee_id)s::text
            )
            AND (
                %(parts)s::text [] IS NULL
                OR ticket.search_text LIKE ALL(%(parts)s::text [])
            )
            AND (
                %(after_id)s::uuid IS NULL
                OR (ticket.priority, ticket.ticket_id)
                > (%(after_key)s::int, %(after_id)s::uuid)
            )
        ORDER BY ticket.priority, ticket.ticket_id
        LIMIT %(page_size)s
    ) AS held
    WHERE
        (
            place.school_id = ANY(%(school_ids)s::uuid [])
            OR place.la_code = ANY(%(la_codes)s::text [])
        )
        AND place.la_code <> ALL(%(whole_las)s::text [])
        AND (%(la_code)s::text IS NULL OR place.la_code = %(la_code)s::text)
        AND (%(school_urn)s::int IS NULL OR place.urn = %(school_urn)s::int)
) AS found
INNER JOIN school ON (found.ticket).school_id = school.school_id
ORDER BY (found.ticket).priority, (found.ticket).ticket_id
LIMIT %(page_size)s;

-- list_tickets_by_change
-- List tickets of the scope, those changed last first.
SELECT
    (found.ticket).ticket_id,
    (found.ticket).number,
    (found.ticket).school_id,
    school.urn AS school_urn,
    (found.ticket).la_code,
    (found.ticket).kind,
    (found.ticket).summary,
    (found.ticket).description,
    (found.ticket).impact,
    (found.ticket).urgency,
    (found.ticket).priority,
    (found.ticket).status,
    (found.ticket).requester_id,
    (found.ticket).assignee_id,
    (found.ticket).asset_id,
    (found.ticket).party,
    (found.ticket).agreement_id,
    (found.ticket).waits_for,
    (found.ticket).due_at,
    (found.ticket).due_for,
    (found.ticket).lifted_for,
    (found.ticket).version,
    (found.ticket).opened_at,
    (found.ticket).resolved_at,
    (found.ticket).changed_at
FROM (
    SELECT held.ticket
    FROM unnest(%(whole_las)s::text []) AS place (la_code)
    CROSS JOIN LATERAL (
        SELECT ticket
        FROM ticket
        WHERE
            ticket.la_code = place.la_code
            AND (%(status)s::text IS NULL OR ticket.status = %(status)s::text)
            AND (%(priority)s::int IS NULL OR ticket.priority = %(priority)s::int)
            AND (%(kind)s::text IS NULL OR ticket.kind = %(kind)s::text)
            AND (%(party)s::text IS NULL OR ticket.party = %(party)s::text)
            AND (
                %(due_within)s::int IS NULL
                OR ticket.due_at
                < statement_timestamp() + make_interval(mins => %(due_within)s::int)
            )
            AND (
                %(asset_ids)s::uuid [] IS NULL
                OR ticket.asset_id = ANY(%(asset_ids)s::uuid [])
            )
            AND (
                %(assignee_id)s::text IS NULL
                OR ticket.assignee_id = %(assignee_id)s::text
            )
            AND (
                %(parts)s::text [] IS NULL
                OR ticket.search_text LIKE ALL(%(parts)s::text [])
            )
            AND (
                %(after_id)s::uuid IS NULL
                OR (ticket.changed_at, ticket.ticket_id)
                < (%(after_key)s::timestamptz, %(after_id)s::uuid)
            )
        ORDER BY ticket.changed_at DESC, ticket.ticket_id DESC
        LIMIT %(page_size)s
    ) AS held
    UNION ALL
    SELECT held.ticket
    FROM school AS place
    CROSS JOIN LATERAL (
        SELECT ticket
        FROM ticket
        WHERE
            ticket.school_id = place.school_id
            AND (%(status)s::text IS NULL OR ticket.status = %(status)s::text)
            AND (%(priority)s::int IS NULL OR ticket.priority = %(priority)s::int)
            AND (%(kind)s::text IS NULL OR ticket.kind = %(kind)s::text)
            AND (%(party)s::text IS NULL OR ticket.party = %(party)s::text)
            AND (
                %(due_within)s::int IS NULL
                OR ticket.due_at
                < statement_timestamp() + make_interval(mins => %(due_within)s::int)
            )
            AND (
                %(asset_ids)s::uuid [] IS NULL
                OR ticket.asset_id = ANY(%(asset_ids)s::uuid [])
            )
            AND (
                %(assignee_id)s::text IS NULL
                OR ticket.assignee_id = %(assignee_id)s::text
            )
            AND (
                %(parts)s::text [] IS NULL
                OR ticket.search_text LIKE ALL(%(parts)s::text [])
            )
            AND (
                %(after_id)s::uuid IS NULL
                OR (ticket.changed_at, ticket.ticket_id)
                < (%(after_key)s::timestamptz, %(after_id)s::uuid)
            )
        ORDER BY ticket.changed_at DESC, ticket.ticket_id DESC
        LIMIT %(page_size)s
    ) AS held
    WHERE
        (
            place.school_id = ANY(%(school_ids)s::uuid [])
            OR place.la_code = ANY(%(la_codes)s::text [])
        )
        AND place.la_code <> ALL(%(whole_las)s::text [])
        AND (%(la_code)s::text IS NULL OR place.la_code = %(la_code)s::text)
        AND (%(school_urn)s::int IS NULL OR place.urn = %(school_urn)s::int)
) AS found
INNER JOIN school ON (found.ticket).school_id = school.school_id
ORDER BY (found.ticket).changed_at DESC, (found.ticket).ticket_id DESC
LIMIT %(page_size)s;

-- renew_tickets
-- Count up the versions of a school's tickets, and read them.
UPDATE ticket SET version = ticket.version + 1
FROM school
WHERE ticket.school_id = %(school_id)s AND school.school_id = ticket.school_id
RETURNING
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
ticket.changed_at;

-- insert_moves
-- Add to each of a school's tickets that the school passed to another LA.
INSERT INTO ticket_history (
    la_code, school_id, ticket_id, requester_id, version, fact, changes
)
SELECT
    la_code,
    school_id,
    ticket_id,
    requester_id,
    version,
    'moved' AS fact,
    %(changes)s::jsonb AS changes
FROM ticket
WHERE school_id = %(school_id)s;

-- list_tickets_under_way
-- Read tickets of an LA that are neither waiting nor settled, in the order of their ids.
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
WHERE
    ticket.la_code = %(la_code)s
    AND (
        %(school_ids)s::uuid [] IS NULL
        OR ticket.school_id = ANY(%(school_ids)s::uuid [])
    )
    AND ticket.status IN ('open', 'in-progress')
    AND ticket.ticket_id > %(after_id)s
ORDER BY ticket.ticket_id
LIMIT %(page_size)s;

-- restate_tickets
-- Read the present state of tickets in the order of their ids, for the event stream.
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
WHERE ticket.ticket_id > %(after_id)s
ORDER BY ticket.ticket_id
LIMIT %(page_size)s;

-- insert_history_entry
-- Add what made a ticket the version it is.
INSERT INTO ticket_history (
    la_code, school_id, ticket_id, requester_id, version, fact, changes
) VALUES (
    %(la_code)s, %(school_id)s, %(ticket_id)s, %(requester_id)s, %(version)s, %(fact)s,
    %(changes)s::jsonb
);

-- list_history
-- List what happened to a ticket, oldest first.
SELECT
    version,
    fact,
    actor_id,
    happened_at AS at,
    changes,
    told_by
FROM ticket_history
WHERE
    ticket_id = %(ticket_id)s
    AND (%(after_version)s::int IS NULL OR version > %(after_version)s::int)
ORDER BY version
LIMIT %(page_size)s;
