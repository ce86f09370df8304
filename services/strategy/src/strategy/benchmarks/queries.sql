-- list_figures
-- Count what is compared of the open schools of an LA within the scope.
SELECT
    school.la_code,
    school.la_name,
    school.school_id,
    school.urn AS school_urn,
    school.name,
    school.phase,
    school.pupils,
    coalesce(device_count.devices, 0) AS devices,
    coalesce(open_ticket_count.open_tickets, 0) AS open_tickets
FROM school
LEFT JOIN device_count
    ON
        school.la_code = device_count.la_code
        AND school.school_id = device_count.school_id
LEFT JOIN open_ticket_count
    ON
        school.la_code = open_ticket_count.la_code
        AND school.school_id = open_ticket_count.school_id
WHERE
    school.la_code = %(la_code)s
    AND school.status = ANY(%(statuses)s::text[])
    AND (%(phase)s::text IS NULL OR school.phase = %(phase)s::text);

-- get_figures
-- Count what is compared of one school of the scope.
SELECT
    school.la_code,
    school.la_name,
    school.school_id,
    school.urn AS school_urn,
    school.name,
    school.phase,
    school.pupils,
    coalesce(device_count.devices, 0) AS devices,
    coalesce(open_ticket_count.open_tickets, 0) AS open_tickets
FROM school
LEFT JOIN device_count
    ON
        school.la_code = device_count.la_code
        AND school.school_id = device_count.school_id
LEFT JOIN open_ticket_count
    ON
        school.la_code = open_ticket_count.la_code
        AND school.school_id = open_ticket_count.school_id
WHERE
    school.la_code = %(la_code)s
    AND school.school_id = %(school_id)s
    AND school.status = ANY(%(statuses)s::text[]);

-- get_freshness
-- Read when the newest fact of an LA was applied.
SELECT as_of FROM authority
WHERE la_code = %(la_code)s;

-- list_distributions
-- Read how each measure is distributed over the schools of an LA.
SELECT
    measure,
    n,
    median,
    lower_quartile,
    upper_quartile
FROM distribution
WHERE la_code = %(la_code)s;

-- list_totals
-- Read the sums that may be told of some LAs.
SELECT
    authority.la_code,
    authority.la_name,
    authority.as_of,
    phase_total.phase,
    phase_total.schools,
    phase_total.pupils,
    phase_total.devices,
    phase_total.open_tickets
FROM authority
INNER JOIN phase_total ON authority.la_code = phase_total.la_code
WHERE authority.la_code = ANY(%(la_codes)s::text[])
ORDER BY authority.la_code, phase_total.phase;

-- stamp_authority
-- Say that a fact of an LA is applied now; until the commit nobody else says so.
INSERT INTO authority (la_code, as_of)
VALUES (%(la_code)s, clock_timestamp())
ON CONFLICT (la_code) DO UPDATE SET
    as_of = greatest(authority.as_of, clock_timestamp());

-- name_authority
-- Keep the name of an LA as its schools' facts give it.
UPDATE authority SET la_name = %(la_name)s
WHERE la_code = %(la_code)s AND la_name IS DISTINCT FROM %(la_name)s::text;

-- keep_distributions
-- Keep how each measure is distributed over the schools of an LA.
INSERT INTO distribution (
    la_code, measure, n, median, lower_quartile, upper_quartile
)
SELECT
    %(la_code)s AS la_code,
    said.measure,
    said.n,
    said.median,
    said.lower_quartile,
    said.upper_quartile
FROM
    jsonb_to_recordset(%(distributions)s::jsonb)
        AS said (
            measure text,
            n integer,
            median double precision,
            lower_quartile double precision,
            upper_quartile double precision
        )
ON CONFLICT (la_code, measure) DO UPDATE SET
    n = excluded.n,
    median = excluded.median,
    lower_quartile = excluded.lower_quartile,
    upper_quartile = excluded.upper_quartile;

-- keep_totals
-- Keep the sums that may be told of an LA, in place of all that were told before.
WITH said AS (
    SELECT
        told.phase,
        told.schools,
        told.pupils,
        told.devices,
        told.open_tickets
    FROM
        jsonb_to_recordset(%(totals)s::jsonb)
            AS told (
                phase text,
                schools integer,
                pupils integer,
                devices integer,
                open_tickets integer
            )
),

gone AS (
    DELETE FROM phase_total
    WHERE la_code = %(la_code)s AND phase NOT IN (SELECT said.phase FROM said)
)

INSERT INTO phase_total (la_code, phase, schools, pupils, devices, open_tickets)
SELECT
    %(la_code)s AS la_code,
    said.phase,
    said.schools,
    said.pupils,
    said.devices,
    said.open_tickets
FROM said
ON CONFLICT (la_code, phase) DO UPDATE SET
    schools = excluded.schools,
    pupils = excluded.pupils,
    devices = excluded.devices,
    open_tickets = excluded.open_tickets;
