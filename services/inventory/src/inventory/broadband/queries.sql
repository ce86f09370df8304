-- list_schools
-- Read the schools of a place with their phases.
SELECT
    school.school_id,
    school.la_code,
    school.urn AS school_urn,
    school.name AS school_name,
    school.phase
FROM school
WHERE
    (%(la_code)s::text IS NULL OR school.la_code = %(la_code)s::text)
    AND (
        %(school_ids)s::uuid [] IS NULL
        OR school.school_id = ANY(%(school_ids)s::uuid [])
    )
    AND (
        %(parts)s::text [] IS NULL
        OR lower(school.name || ' ' || school.urn) LIKE ALL(%(parts)s::text [])
    );
