-- A school passes to another LA with all that is its own, and answers to earlier URNs.
-- depends: inventory_0004_asset_history

SET lock_timeout = '2s';

-- squawk-ignore require-concurrent-index-creation
CREATE UNIQUE INDEX school_tenant ON school (la_code, school_id);

-- An asset stands where its school does: the key carries it to the school's new LA, and
-- whoever registers one meanwhile waits for the school, or is told to try again.
ALTER TABLE asset ADD CONSTRAINT asset_school_fkey
FOREIGN KEY (la_code, school_id) REFERENCES school (la_code, school_id)
ON UPDATE CASCADE NOT VALID;

CREATE TABLE earlier_urn (
    la_code text NOT NULL,
    school_id uuid NOT NULL,
    urn integer NOT NULL,
    CONSTRAINT earlier_urn_pkey PRIMARY KEY (la_code, school_id, urn),
    CONSTRAINT earlier_urn_school_fkey FOREIGN KEY (la_code, school_id)
    REFERENCES school (la_code, school_id) ON UPDATE CASCADE
);

CREATE INDEX earlier_urn_by_urn ON earlier_urn (urn);

CALL secure_tenant_table('earlier_urn');

-- The worker's scope holds an LA, and the schools that the LA's facts are of, wherever
-- their rows stand: it may fetch those rows, but put them into its own LA only.
CREATE POLICY school_home_insert ON school AS RESTRICTIVE FOR INSERT TO joinedup_worker
WITH CHECK (la_code = ANY((SELECT scope_write_las())::text []));
CREATE POLICY school_home_update ON school AS RESTRICTIVE FOR UPDATE TO joinedup_worker
USING (true) WITH CHECK (la_code = ANY((SELECT scope_write_las())::text []));

GRANT SELECT ON earlier_urn TO joinedup_app;
GRANT SELECT, INSERT ON earlier_urn TO joinedup_worker;
GRANT UPDATE (version) ON asset TO joinedup_worker;
GRANT INSERT ON asset_history TO joinedup_worker;
