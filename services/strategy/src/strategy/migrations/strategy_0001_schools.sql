-- This service's copy of the directory's schools, fed by their events.
-- depends: 0001_scope 0002_events 0003_idempotency

SET lock_timeout = '2s';

-- Keyed by LA first: what one LA's stream says never meets another LA's row.
CREATE TABLE school (
    la_code text NOT NULL,
    school_id uuid NOT NULL,
    urn integer NOT NULL,
    name text NOT NULL,
    phase text NOT NULL,
    status text NOT NULL,
    pupils integer,
    la_name text NOT NULL,
    region_code text NOT NULL,
    version integer NOT NULL,
    CONSTRAINT school_pkey PRIMARY KEY (la_code, school_id),
    CONSTRAINT school_pupils_check CHECK (pupils >= 0)
);

CREATE INDEX school_urn ON school (urn);
CREATE INDEX school_by_id ON school (school_id);

CALL secure_tenant_table('school');

GRANT SELECT ON school TO joinedup_app;
GRANT SELECT, INSERT, UPDATE ON school TO joinedup_worker;
