-- This service's copy of the directory's schools, fed by their events.
-- depends: 0001_scope 0002_events 0003_idempotency

SET lock_timeout = '2s';

CREATE TABLE school (
    school_id uuid NOT NULL,
    la_code text NOT NULL,
    urn integer NOT NULL,
    version integer NOT NULL,
    CONSTRAINT school_pkey PRIMARY KEY (school_id)
);

CREATE INDEX school_urn ON school (urn);

-- Who may see only what is their own at a school still knows the school.
CALL secure_tenant_table('school', 'school_id = ANY ((SELECT scope_own_schools())::uuid [])');

-- A school can pass to another LA (they are merged and split). The fact is of the new
-- LA: it may take the row over from any LA, but put it into its own only.
CREATE POLICY school_worker_select ON school FOR SELECT TO joinedup_worker
USING (true);
CREATE POLICY school_worker_update ON school FOR UPDATE TO joinedup_worker
USING (true) WITH CHECK (false);

GRANT SELECT ON school TO joinedup_app;
GRANT SELECT, INSERT, UPDATE ON school TO joinedup_worker;
