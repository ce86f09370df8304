-- list_figures
-- Count what is compared of the open schools of an LA within the scope, or of one.
SELECT
    school.la_code,
    school.la_name,
    school.school_id,
    school.urn AS school_urn,
    school.name,
    school.phase,
    school.district,
    school.pupils,
    coalesce(device_count.devices, 0) AS devices,
    coalesce(bought.dated, 0)::integer AS dated_devices,
    coalesce(bought.aged, 0)::integer AS aged_devices,
    coalesce(open_ticket_count.open_tickets, 0) AS open_tickets,
    coalesce(worked.opened, 0)::integer AS opened_in_year,
    coalesce(worked.resolved, 0)::integer AS resolved_in_year,
    coalesce(worked.seconds, 0)::bigint AS resolving_seconds,
    authority.as_of
FROM school
LEFT JOIN authority ON school.la_code = authority.la_code
LEFT JOIN device_count
    ON
        school.la_code = device_count.la_code
        AND school.school_id = device_count.school_id
LEFT JOIN open_ticket_count
    ON
        school.la_code = open_ticket_count.la_code
        AND school.school_id = open_ticket_count.school_id
LEFT JOIN (
    SELECT
        la_code,
        school_id,
        sum(devices) AS dated,
        sum(devices) FILTER (
            WHERE bought_in < date_trunc('month', current_date) - interval '60 months'
        ) AS aged
    FROM device_month
    WHERE
        la_code = %(la_code)s
        AND (%(school_id)s::uuid IS NULL OR school_id = %(school_id)s::uuid)
        AND bought_in > '-infinity'
    GROUP BY la_code, school_id
) AS bought
    ON school.la_code = bought.la_code AND school.school_id = bought.school_id
LEFT JOIN (
    SELECT
        la_code,
        school_id,
        sum(opened) AS opened,
        sum(resolved) AS resolved,
        sum(resolving_seconds) AS seconds
    FROM ticket_month
    WHERE
        la_code = %(la_code)s
        AND (%(school_id)s::uuid IS NULL OR school_id = %(school_id)s::uuid)
        AND in_month >= date_trunc('month', current_date) - interval '11 months'
    GROUP BY la_code, school_id
) AS worked
    ON school.la_code = worked.la_code AND school.school_id = worked.school_id
WHERE
    school.la_code = %(la_code)s
    AND school.status = ANY(%(statuses)s::text[])
    AND (%(school_id)s::uuid IS NULL OR school.school_id = %(school_id)s::uuid);

-- list_told
-- Read how each measure is distributed over the schools of an LA, and of its phases.
SELECT
    measure,
    peers,
    n,
    median,
    lower_quartile,
    upper_quartile,
    bounds,
    counts
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
-- Say when the newest fact of an LA happened; until the commit nobody else says so.
INSERT INTO authority (la_code, as_of)
VALUES (%(la_code)s, %(happened_at)s)
ON CONFLICT (la_code) DO UPDATE SET
    as_of = greatest(authority.as_of, excluded.as_of);

-- name_authority
-- Keep the name of an LA as its schools' facts give it.
UPDATE authority SET la_name = %(la_name)s
WHERE la_code = %(la_code)s AND la_name IS DISTINCT FROM %(la_name)s::text;

-- keep_told
-- Keep how each measure is distributed, in place of all that was told before.
WITH said AS (
    SELECT
        told.measure,
        told.peers,
        told.n,
        told.median,
        told.lower_quartile,
        told.upper_quartile,
        told.bounds,
        told.counts
    FROM
        jsonb_to_recordset(%(told)s::jsonb)
            AS told (
                measure text,
                peers text,
                n integer,
                median double precision,
                lower_quartile double precision,
                upper_quartile double precision,
                bounds double precision [],
                counts integer []
            )
),

gone AS (
    DELETE FROM distribution
    WHERE
        la_code = %(la_code)s
        AND (measure, peers) NOT IN (SELECT said.measure, said.peers FROM said)
)

INSERT INTO distribution (
    la_code,
    measure,
    peers,
    n,
    median,
    lower_quartile,
    upper_quartile,
    bounds,
    counts
)
SELECT
    %(la_code)s AS la_code,
    said.measure,
    said.peers,
    said.n,
    said.median,
    said.lower_quartile,
    said.upper_quartile,
    said.bounds,
    said.counts
FROM said
ON CONFLICT (la_code, measure, peers) DO UPDATE SET
    n = excluded.n,
    median = excluded.median,
    lower_quartile = excluded.lower_quartile,
    upper_quartile = excluded.upper_quartile,
    bounds = excluded.bounds,
    counts = excluded.counts;

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
