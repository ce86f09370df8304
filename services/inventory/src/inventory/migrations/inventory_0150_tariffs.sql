-- What electricity costs an LA's schools, from a day on.
-- depends: inventory_0125_uses_heard

SET lock_timeout = '2s';

-- In pence for a megawatt-hour: whole, and exact to a thousandth of a penny a
-- kilowatt-hour.
CREATE TABLE authority_tariff (
    la_code text NOT NULL,
    starts_on date NOT NULL,
    pence_per_mwh integer NOT NULL,
    CONSTRAINT authority_tariff_pkey PRIMARY KEY (la_code, starts_on),
    CONSTRAINT authority_tariff_price_check CHECK (pence_per_mwh BETWEEN 0 AND 1000000)
);

-- An LA's people write it; so do its schools read it, and reckon with it.
ALTER TABLE authority_tariff ENABLE ROW LEVEL SECURITY;
ALTER TABLE authority_tariff FORCE ROW LEVEL SECURITY;
CREATE POLICY authority_tariff_read ON authority_tariff FOR SELECT
USING (
    la_code = ANY((SELECT scope_read_las())::text [])
    OR EXISTS (
        SELECT FROM school AS s
        WHERE
            s.la_code = authority_tariff.la_code
            AND s.school_id = ANY((SELECT scope_read_schools())::uuid [])
    )
);
CREATE POLICY authority_tariff_insert ON authority_tariff FOR INSERT
WITH CHECK (la_code = ANY((SELECT scope_write_las())::text []));
CREATE POLICY authority_tariff_update ON authority_tariff FOR UPDATE
USING (la_code = ANY((SELECT scope_write_las())::text []))
WITH CHECK (la_code = ANY((SELECT scope_write_las())::text []));
CREATE POLICY authority_tariff_delete ON authority_tariff FOR DELETE
USING (la_code = ANY((SELECT scope_write_las())::text []));
GRANT SELECT, INSERT, UPDATE, DELETE ON authority_tariff TO joinedup_app;

CREATE TABLE school_tariff (
    la_code text NOT NULL,
    school_id uuid NOT NULL,
    starts_on date NOT NULL,
    pence_per_mwh integer NOT NULL,
    CONSTRAINT school_tariff_pkey PRIMARY KEY (la_code, school_id, starts_on),
    CONSTRAINT school_tariff_school_fkey FOREIGN KEY (la_code, school_id)
    REFERENCES school (la_code, school_id) ON UPDATE CASCADE,
    CONSTRAINT school_tariff_price_check CHECK (pence_per_mwh BETWEEN 0 AND 1000000)
);
CALL secure_tenant_table('school_tariff');
GRANT SELECT, INSERT, UPDATE, DELETE ON school_tariff TO joinedup_app;
