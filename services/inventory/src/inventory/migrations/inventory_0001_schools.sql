-- This service's copy of the directory's schools, fed by their events.
-- depends: 0001_scope 0002_events 0003_idempotency

SET lock_timeout = '2s';

CREATE TABLE school (
    school_id uuid NOT NULL,
    la_code text NOT NULL,
    urn integer NOT NULL,
    name text NOT NULL,
    version integer NOT NULL,
    CONSTRAINT school_pkey PRIMARY KEY (school_id)
);

CREATE INDEX school_urn ON school (urn);

CALL secure_tenant_table('school');

GRANT SELECT ON school TO joinedup_app;
GRANT SELECT, INSERT, UPDATE ON school TO joinedup_worker;
