-- get_name
-- Read what somebody is called whom the administrator sees.
SELECT display_name FROM person
WHERE person_id = %(person_id)s;

-- list_authorities
-- The LAs of the administrator in which somebody holds, held or will hold a role.
SELECT DISTINCT la_code FROM assignment
WHERE person_id = %(person_id)s AND la_code = ANY(%(la_codes)s::text [])
ORDER BY la_code;

-- list_schools
-- Which of some schools the administrator sees.
SELECT school_id FROM school
WHERE school_id = ANY(%(school_ids)s::uuid []);
