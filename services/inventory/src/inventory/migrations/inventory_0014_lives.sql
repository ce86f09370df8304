-- How long each kind of kit is expected to last, and assets as they are told of.
-- depends: inventory_0013_kit

SET lock_timeout = '2s';

-- Years where neither the LA nor the school says otherwise. Servers, laptops and
-- desktops after the Harnessing Technology refresh policy; the others by custom.
CREATE FUNCTION usual_life(category text) RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE SECURITY INVOKER
RETURN CASE category
    WHEN 'desktop' THEN 5
    WHEN 'laptop' THEN 4
    WHEN 'tablet' THEN 4
    WHEN 'phone' THEN 3
    WHEN 'server' THEN 4
    WHEN 'storage' THEN 5
    WHEN 'network' THEN 7
    WHEN 'wireless' THEN 6
    WHEN 'printer' THEN 5
    WHEN 'scanner' THEN 6
    WHEN 'audio-visual' THEN 7
    WHEN 'camera' THEN 6
    WHEN 'music-media' THEN 8
    WHEN 'peripheral' THEN 6
END;

CREATE TABLE authority_life (
    la_code text NOT NULL,
    category text NOT NULL,
    years integer NOT NULL,
    CONSTRAINT authority_life_pkey PRIMARY KEY (la_code, category),
    CONSTRAINT authority_life_years_check CHECK (years BETWEEN 1 AND 30)
);

-- An LA's people write it; so do its schools read it, and reckon with it.
ALTER TABLE authority_life ENABLE ROW LEVEL SECURITY;
ALTER TABLE authority_life FORCE ROW LEVEL SECURITY;
CREATE POLICY authority_life_read ON authority_life FOR SELECT
USING (
    la_code = ANY((SELECT scope_read_las())::text [])
    OR EXISTS (
        SELECT FROM school AS s
        WHERE
            s.la_code = authority_life.la_code
            AND s.school_id = ANY((SELECT scope_read_schools())::uuid [])
    )
);
CREATE POLICY authority_life_insert ON authority_life FOR INSERT
WITH CHECK (la_code = ANY((SELECT scope_write_las())::text []));
CREATE POLICY authority_life_update ON authority_life FOR UPDATE
USING (la_code = ANY((SELECT scope_write_las())::text []))
WITH CHECK (la_code = ANY((SELECT scope_write_las())::text []));
CREATE POLICY authority_life_delete ON authority_life FOR DELETE
USING (la_code = ANY((SELECT scope_write_las())::text []));
GRANT SELECT, INSERT, UPDATE, DELETE ON authority_life TO joinedup_app;

CREATE TABLE school_life (
    la_code text NOT NULL,
    school_id uuid NOT NULL,
    category text NOT NULL,
    years integer NOT NULL,
    CONSTRAINT school_life_pkey PRIMARY KEY (la_code, school_id, category),
    CONSTRAINT school_life_school_fkey FOREIGN KEY (la_code, school_id)
    REFERENCES school (la_code, school_id) ON UPDATE CASCADE,
    CONSTRAINT school_life_years_check CHECK (years BETWEEN 1 AND 30)
);
CALL secure_tenant_table('school_life');
GRANT SELECT, INSERT, UPDATE, DELETE ON school_life TO joinedup_app;
GRANT SELECT ON authority_life, school_life TO joinedup_worker;

-- An asset as its readers are told of it. With the reader's rights: the scope binds each
-- table below.
CREATE VIEW asset_told WITH (security_invoker = true) AS
SELECT
    a.asset_id,
    a.school_id,
    s.urn AS school_urn,
    a.la_code,
    a.tag,
    a.category,
    a.manufacturer,
    a.model,
    a.serial,
    a.site,
    a.building,
    a.room,
    a.status,
    a.order_number,
    a.ordered_on,
    a.purchased_on,
    a.price_pence,
    a.supplier,
    a.funding_line,
    a.cfr_code,
    a.warranty_until,
    a.support_until,
    coalesce(sl.years, al.years, usual_life(a.category)) AS expected_years,
    (
        a.purchased_on
        + make_interval(
            years => coalesce(sl.years, al.years, usual_life(a.category))
        )
    )::date AS replace_on,
    a.disposed_on,
    a.disposal_method,
    a.disposal_reference,
    a.details,
    a.version,
    a.registered_at,
    a.changed_at
FROM asset AS a
INNER JOIN school AS s ON a.school_id = s.school_id
LEFT JOIN school_life AS sl
    ON
        a.la_code = sl.la_code
        AND a.school_id = sl.school_id
        AND a.category = sl.category
LEFT JOIN authority_life AS al
    ON a.la_code = al.la_code AND a.category = al.category;
GRANT SELECT ON asset_told TO joinedup_app, joinedup_worker;
