-- list_schools_of
-- Read in which LA each of some schools is.
SELECT
    la_code,
    school_id
FROM school
WHERE school_id = ANY(%(school_ids)s::uuid []);

-- list_names
-- Read what people and clients of the scope are called, by their principals.
SELECT
    p.person_id::text AS principal,
    p.display_name AS name
FROM person AS p
WHERE p.person_id = ANY(%(person_ids)s::uuid [])
UNION ALL
SELECT
    'client:' || c.client_id AS principal,
    c.name
FROM client AS c
WHERE c.client_id = ANY(%(client_ids)s::text [])
UNION ALL
SELECT
    'client:' || a.api_client_id::text AS principal,
    a.name
FROM api_client AS a
WHERE a.api_client_id = ANY(%(api_client_ids)s::uuid []);
