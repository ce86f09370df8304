-- list_people
-- A page of the people whom the caller may see, by name.
SELECT person_id, username, display_name, email, version
FROM person
WHERE
    (
        %(is_wide)s::boolean
        OR person_id = ANY(
            array(
                SELECT
                    CASE
                        WHEN a.principal ~ '^[0-9a-f-]{36}$' THEN a.principal::uuid
                    END
                FROM assignment AS a
                WHERE
                    a.la_code = ANY(%(la_codes)s::text [])
                    OR a.school_id = ANY(%(school_ids)s::uuid [])
                    OR a.principal = %(principal)s
            )
        )
    )
    AND (
        %(name_part)s::text IS NULL
        OR strpos(lower(display_name), lower(%(name_part)s)) > 0
    )
    AND (
        %(after_name)s::text IS NULL
        OR (display_name, person_id) > (%(after_name)s, %(after_id)s::uuid)
    )
ORDER BY display_name, person_id
LIMIT %(page_size)s;
