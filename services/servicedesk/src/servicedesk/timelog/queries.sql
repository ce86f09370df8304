-- insert_entry
-- Add an entry to a ticket's time and return it as stored.
INSERT INTO time_entry (la_code, school_id, ticket_id, kind, minutes, worked_on)
VALUES (
    %(la_code)s, %(school_id)s, %(ticket_id)s, %(kind)s, %(minutes)s, %(worked_on)s
)
RETURNING
time_entry_id,
ticket_id,
person_id,
kind,
minutes,
worked_on,
logged_at,
taken_back_at;

-- list_entries
-- List the time of a ticket of the scope, what was logged first first.
SELECT
    time_entry_id,
    ticket_id,
    person_id,
    kind,
    minutes,
    worked_on,
    logged_at,
    taken_back_at
FROM time_entry
WHERE
    ticket_id = %(ticket_id)s
    AND (%(after_id)s::uuid IS NULL OR time_entry_id > %(after_id)s::uuid)
ORDER BY time_entry_id
LIMIT %(page_size)s;

-- get_entry
-- Read an entry of a ticket, held until the end where it may be changed.
SELECT
    time_entry_id,
    ticket_id,
    person_id,
    kind,
    minutes,
    worked_on,
    logged_at,
    taken_back_at
FROM time_entry
WHERE ticket_id = %(ticket_id)s AND time_entry_id = %(time_entry_id)s
FOR UPDATE;

-- take_back_entry
-- Let an entry count no more, and return it as stored.
UPDATE time_entry SET taken_back_at = statement_timestamp()
WHERE ticket_id = %(ticket_id)s AND time_entry_id = %(time_entry_id)s
RETURNING
time_entry_id,
ticket_id,
person_id,
kind,
minutes,
worked_on,
logged_at,
taken_back_at;

-- sum_time
-- Sum the time of some days by school, person or month, and by kind.
SELECT
    found.of,
    found.kind,
    sum(found.minutes)::integer AS minutes,
    count(*)::integer AS entries,
    count(DISTINCT found.ticket_id)::integer AS tickets
FROM (
    SELECT
        CASE %(by)s::text
            WHEN 'school' THEN school.urn::text
            WHEN 'person' THEN time_entry.person_id
            ELSE date_trunc('month', time_entry.worked_on)::date::text
        END AS of,
        time_entry.kind,
        time_entry.minutes,
        time_entry.ticket_id
    FROM time_entry
    INNER JOIN school ON time_entry.school_id = school.school_id
    WHERE
        (%(la_code)s::text IS NULL OR time_entry.la_code = %(la_code)s::text)
        AND (
            %(school_id)s::uuid IS NULL
            OR time_entry.school_id = %(school_id)s::uuid
        )
        AND time_entry.worked_on BETWEEN %(first)s AND %(last)s
        AND time_entry.taken_back_at IS NULL
) AS found
GROUP BY found.of, found.kind
ORDER BY found.of, found.kind;
