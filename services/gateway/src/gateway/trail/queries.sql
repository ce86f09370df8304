-- list_schools_of
-- Read in which LA each of some schools is.
SELECT
    la_code,
    school_id
FROM school
WHERE school_id = ANY(%(school_ids)s::uuid []);
