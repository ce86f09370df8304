-- A school that left an LA is none of its schools, and answers to its earlier URNs.
-- depends: strategy_0005_school_facts

SET lock_timeout = '2s';

CREATE TABLE earlier_urn (
    la_code text NOT NULL,
    school_id uuid NOT NULL,
    urn integer NOT NULL,
    CONSTRAINT earlier_urn_pkey PRIMARY KEY (la_code, school_id, urn),
    CONSTRAINT earlier_urn_school_fkey FOREIGN KEY (la_code, school_id)
    REFERENCES school (la_code, school_id)
);

CREATE INDEX earlier_urn_by_urn ON earlier_urn (urn);

CALL secure_tenant_table('earlier_urn');

-- The row that an LA keeps of a school which left it is a mark of the version only: it
-- opens none of the LA's figures to the people of the school.
ALTER POLICY authority_read ON authority USING (
    la_code = ANY((SELECT scope_read_las())::text[])
    OR la_code IN (SELECT school.la_code FROM school WHERE school.status <> 'departed')
);
ALTER POLICY distribution_read ON distribution USING (
    la_code = ANY((SELECT scope_read_las())::text[])
    OR la_code IN (SELECT school.la_code FROM school WHERE school.status <> 'departed')
);

GRANT SELECT ON earlier_urn TO joinedup_app;
GRANT SELECT, INSERT ON earlier_urn TO joinedup_worker;
