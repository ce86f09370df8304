-- list_versions
-- Read what an LA and one school of it wrote, oldest first, since what governed at a moment.
(
    SELECT
        null::uuid AS school_id,
        version,
        since,
        said
    FROM authority_calendar
    WHERE
        la_code = %(la_code)s
        AND since >= coalesce(
            (
                SELECT max(earlier.since)
                FROM authority_calendar AS earlier
                WHERE
                    earlier.la_code = %(la_code)s
                    AND earlier.since <= coalesce(%(from_at)s::timestamptz, 'infinity')
            ),
            '-infinity'
        )
    ORDER BY since
)
UNION ALL
(
    SELECT
        school_id,
        version,
        since,
        said
    FROM school_calendar
    WHERE
        la_code = %(la_code)s
        AND school_id = %(school_id)s::uuid
        AND since >= coalesce(
            (
                SELECT max(earlier.since)
                FROM school_calendar AS earlier
                WHERE
                    earlier.la_code = %(la_code)s
                    AND earlier.school_id = %(school_id)s::uuid
                    AND earlier.since <= coalesce(%(from_at)s::timestamptz, 'infinity')
            ),
            '-infinity'
        )
    ORDER BY since
);

-- list_newest_of_schools
-- Read what schools of the scope said last of their calendars.
SELECT DISTINCT ON (school_id)
    school_id,
    version,
    since,
    said
FROM school_calendar
WHERE
    la_code = ANY(%(la_codes)s::text [])
    AND school_id = ANY(%(school_ids)s::uuid [])
ORDER BY school_id ASC, version DESC;

-- insert_authority_version
-- Store what an LA writes for its schools: it governs from this moment on.
INSERT INTO authority_calendar (la_code, version, since, said)
VALUES (
    %(la_code)s,
    %(version)s,
    greatest(clock_timestamp(), %(after)s::timestamptz + interval '1 microsecond'),
    %(said)s::jsonb
)
RETURNING null::uuid AS school_id, version, since, said;

-- insert_school_versions
-- Store what is written for schools: it governs from this moment on.
INSERT INTO school_calendar (la_code, school_id, version, since, said)
SELECT
    new.la_code,
    new.school_id,
    new.version,
    greatest(clock_timestamp(), new.after + interval '1 microsecond'),
    new.said
FROM jsonb_to_recordset(%(items)s::jsonb) AS new (
    la_code text, school_id uuid, version integer, after timestamptz, said jsonb
)
RETURNING school_id, version, since, said;

-- list_versions_of_schools
-- Read what some schools and their LAs wrote, oldest first, since what governed at a moment.
WITH place AS (
    SELECT
        school.la_code,
        school.school_id
    FROM school
    WHERE school.school_id = ANY(%(school_ids)s::uuid [])
)

SELECT
    written.la_code,
    null::uuid AS school_id,
    written.version,
    written.since,
    written.said
FROM (SELECT DISTINCT la_code FROM place) AS place
CROSS JOIN LATERAL (
    SELECT
        held.la_code,
        held.version,
        held.since,
        held.said
    FROM authority_calendar AS held
    WHERE
        held.la_code = place.la_code
        AND held.since >= coalesce(
            (
                SELECT max(earlier.since)
                FROM authority_calendar AS earlier
                WHERE
                    earlier.la_code = place.la_code
                    AND earlier.since <= %(from_at)s::timestamptz
            ),
            '-infinity'
        )
) AS written
UNION ALL
SELECT
    written.la_code,
    written.school_id,
    written.version,
    written.since,
    written.said
FROM place
CROSS JOIN LATERAL (
    SELECT
        held.la_code,
        held.school_id,
        held.version,
        held.since,
        held.said
    FROM school_calendar AS held
    WHERE
        held.la_code = place.la_code
        AND held.school_id = place.school_id
        AND held.since >= coalesce(
            (
                SELECT max(earlier.since)
                FROM school_calendar AS earlier
                WHERE
                    earlier.la_code = place.la_code
                    AND earlier.school_id = place.school_id
                    AND earlier.since <= %(from_at)s::timestamptz
            ),
            '-infinity'
        )
) AS written
ORDER BY since, version;
