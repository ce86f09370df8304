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
-- Store how long a kind of kit lasts by an LA's policy.
INSERT INTO authority_life (la_code, category, years)
VALUES (%(la_code)s, %(category)s, %(years)s)
ON CONFLICT ON CONSTRAINT authority_life_pkey DO UPDATE SET years = excluded.years;

-- delete_authority_life
-- Let custom say how long a kind of kit lasts at an LA.
DELETE FROM authority_life
WHERE la_code = %(la_code)s AND category = %(category)s;

-- upsert_school_life
-- Store how long a kind of kit lasts by a school's policy.
INSERT INTO school_life (la_code, school_id, category, years)
VALUES (%(la_code)s, %(school_id)s, %(category)s, %(years)s)
ON CONFLICT ON CONSTRAINT school_life_pkey DO UPDATE SET years = excluded.years;

-- delete_school_life
-- Let the LA say how long a kind of kit lasts at a school.
DELETE FROM school_life
WHERE
    la_code = %(la_code)s AND school_id = %(school_id)s AND category = %(category)s;
