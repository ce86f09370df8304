-- list_lives
-- Say how long each kind of kit lasts at an LA, or at one school of it.
SELECT
    said.category,
    usual_life(said.category) AS usual_years,
    al.years AS authority_years,
    sl.years AS school_years
FROM unnest(%(categories)s::text []) WITH ORDINALITY AS said (category, place)
LEFT JOIN authority_life AS al
    ON al.la_code = %(la_code)s AND said.category = al.category
LEFT JOIN school_life AS sl
    ON
        sl.la_code = %(la_code)s
        AND sl.school_id = %(school_id)s
        AND said.category = sl.category
ORDER BY said.place;

-- upsert_authority_life
-- Store how long a kind of kit lasts by an LA's policy, where it is said anew.
INSERT INTO authority_life (la_code, category, years)
VALUES (%(la_code)s, %(category)s, %(years)s)
ON CONFLICT ON CONSTRAINT authority_life_pkey DO UPDATE SET
    years = excluded.years,
    version = authority_life.version + 1
WHERE authority_life.years IS DISTINCT FROM excluded.years
RETURNING life_id, version, la_code, null::uuid AS school_id, category, years;

-- upsert_school_life
-- Store how long a kind of kit lasts by a school's policy, where it is said anew.
INSERT INTO school_life (la_code, school_id, category, years)
VALUES (%(la_code)s, %(school_id)s, %(category)s, %(years)s)
ON CONFLICT ON CONSTRAINT school_life_pkey DO UPDATE SET
    years = excluded.years,
    version = school_life.version + 1
WHERE school_life.years IS DISTINCT FROM excluded.years
RETURNING life_id, version, la_code, school_id, category, years;

-- renew_lives
-- Count up what a school says of its kit, so that it is said anew to another LA.
UPDATE school_life SET version = version + 1
WHERE school_id = %(school_id)s
RETURNING life_id, version, la_code, school_id, category, years;

-- restate_lives
-- Read the policies of all schools and LAs of the scope.
SELECT
    life_id,
    version,
    la_code,
    null::uuid AS school_id,
    category,
    years
FROM authority_life
UNION ALL
SELECT
    life_id,
    version,
    la_code,
    school_id,
    category,
    years
FROM school_life
ORDER BY life_id;
