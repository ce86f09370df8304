-- The directory: region, local authority, school; people, clients, and what they are.
-- depends: 0001_scope

SET lock_timeout = '2s';

-- The register's frame is public and belongs to no tenant.
CREATE TABLE region (
    region_code text NOT NULL,
    name text NOT NULL,
    CONSTRAINT region_pkey PRIMARY KEY (region_code)
);

CREATE TABLE local_authority (
    la_code text NOT NULL,
    name text NOT NULL,
    region_code text NOT NULL,
    CONSTRAINT local_authority_pkey PRIMARY KEY (la_code),
    CONSTRAINT local_authority_code_check CHECK (la_code ~ '^[0-9]{3}$'),
    CONSTRAINT local_authority_region_fkey FOREIGN KEY (region_code)
    REFERENCES region (region_code)
);

CREATE INDEX local_authority_region ON local_authority (region_code, la_code);

-- school_id is ours and outlives the URN, which the register may close and replace.
CREATE TABLE school (
    la_code text NOT NULL,
    school_id uuid NOT NULL DEFAULT uuidv7(),
    urn integer NOT NULL,
    laestab text NOT NULL,
    ukprn text,
    name text NOT NULL,
    phase text NOT NULL,
    status text NOT NULL,
    pupils integer,
    free_school_meals_percent numeric(4, 1),
    postcode text,
    version integer NOT NULL DEFAULT 1,
    changed_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT school_pkey PRIMARY KEY (school_id),
    CONSTRAINT school_urn_unique UNIQUE (urn),
    CONSTRAINT school_la_fkey FOREIGN KEY (la_code)
    REFERENCES local_authority (la_code),
    CONSTRAINT school_urn_check CHECK (urn BETWEEN 100000 AND 999999),
    CONSTRAINT school_phase_check CHECK (
        phase IN (
            'nursery', 'primary', 'middle-deemed-primary', 'middle-deemed-secondary',
            'secondary', 'all-through', '16-plus', 'special', 'pru'
        )
    ),
    CONSTRAINT school_status_check CHECK (
        status IN ('open', 'open-proposed-to-close', 'proposed-to-open', 'closed')
    ),
    CONSTRAINT school_pupils_check CHECK (pupils >= 0),
    CONSTRAINT school_meals_check CHECK (free_school_meals_percent BETWEEN 0 AND 100)
);

CREATE INDEX school_tenant ON school (la_code, school_id);
CREATE INDEX school_by_name ON school (la_code, name, school_id);

-- Every URN that a school has had, and when it was first and last seen.
CREATE TABLE school_identity (
    la_code text NOT NULL,
    school_id uuid NOT NULL,
    urn integer NOT NULL,
    from_on date NOT NULL DEFAULT current_date,
    to_on date,
    CONSTRAINT school_identity_pkey PRIMARY KEY (urn),
    CONSTRAINT school_identity_school_fkey FOREIGN KEY (school_id)
    REFERENCES school (school_id),
    CONSTRAINT school_identity_period_check CHECK (to_on >= from_on)
);

CREATE INDEX school_identity_tenant ON school_identity (la_code, school_id);

CREATE TABLE person (
    person_id uuid NOT NULL DEFAULT uuidv7(),
    subject text NOT NULL,
    username text NOT NULL,
    display_name text NOT NULL,
    email text NOT NULL,
    version integer NOT NULL DEFAULT 1,
    CONSTRAINT person_pkey PRIMARY KEY (person_id),
    CONSTRAINT person_subject_unique UNIQUE (subject),
    CONSTRAINT person_username_unique UNIQUE (username)
);

CREATE INDEX person_by_name ON person (display_name, person_id);

-- Systems that call the interface with a token of their own.
CREATE TABLE client (
    client_id text NOT NULL,
    name text NOT NULL,
    CONSTRAINT client_pkey PRIMARY KEY (client_id)
);

-- Who holds which role where, from when to when. A school's assignment carries the LA
-- of the school; a region's carries neither.
CREATE TABLE assignment (
    assignment_id uuid NOT NULL DEFAULT uuidv7(),
    la_code text,
    school_id uuid,
    region_code text,
    principal text NOT NULL,
    role text NOT NULL,
    from_on date NOT NULL,
    to_on date,
    CONSTRAINT assignment_pkey PRIMARY KEY (assignment_id),
    CONSTRAINT assignment_once_unique UNIQUE NULLS NOT DISTINCT (
        la_code, school_id, region_code, principal, role, from_on
    ),
    CONSTRAINT assignment_scope_check CHECK (
        (la_code IS NOT NULL AND region_code IS NULL)
        OR (la_code IS NULL AND school_id IS NULL AND region_code IS NOT NULL)
    ),
    CONSTRAINT assignment_role_check CHECK (
        (
            school_id IS NOT NULL
            AND role IN ('school-technician', 'school-leader', 'staff', 'learner')
        )
        OR (
            school_id IS NULL AND la_code IS NOT NULL
            AND role IN ('la-manager', 'la-technician', 'auditor', 'rbc-system')
        )
        OR (region_code IS NOT NULL AND role IN ('regional-analyst', 'rbc-system'))
    ),
    CONSTRAINT assignment_principal_check CHECK (principal <> ''),
    CONSTRAINT assignment_period_check CHECK (to_on >= from_on),
    CONSTRAINT assignment_school_fkey FOREIGN KEY (school_id)
    REFERENCES school (school_id),
    CONSTRAINT assignment_la_fkey FOREIGN KEY (la_code)
    REFERENCES local_authority (la_code),
    CONSTRAINT assignment_region_fkey FOREIGN KEY (region_code)
    REFERENCES region (region_code)
);

CREATE INDEX assignment_principal ON assignment (principal);
CREATE INDEX assignment_tenant ON assignment (la_code, school_id);

CALL secure_tenant_table('school');
CALL secure_tenant_table('school_identity');

-- A principal always sees what they are themselves: that is how their scope is found.
-- No token can carry the principal 'service:gateway'; only the loader runs as it.
ALTER TABLE assignment ENABLE ROW LEVEL SECURITY;
ALTER TABLE assignment FORCE ROW LEVEL SECURITY;
CREATE POLICY assignment_read ON assignment FOR SELECT
USING (
    la_code = ANY((SELECT scope_read_las())::text [])
    OR school_id = ANY((SELECT scope_read_schools())::uuid [])
    OR principal = (SELECT scope_principal())
    OR (SELECT scope_principal()) = 'service:gateway'
);
CREATE POLICY assignment_insert ON assignment FOR INSERT
WITH CHECK (
    la_code = ANY((SELECT scope_write_las())::text [])
    OR school_id = ANY((SELECT scope_write_schools())::uuid [])
    OR (la_code IS NULL AND (SELECT scope_principal()) = 'service:gateway')
);
CREATE POLICY assignment_delete ON assignment FOR DELETE
USING (
    la_code = ANY((SELECT scope_write_las())::text [])
    OR school_id = ANY((SELECT scope_write_schools())::uuid [])
);
CREATE POLICY assignment_update ON assignment FOR UPDATE
USING (
    la_code = ANY((SELECT scope_write_las())::text [])
    OR school_id = ANY((SELECT scope_write_schools())::uuid [])
    OR (la_code IS NULL AND (SELECT scope_principal()) = 'service:gateway')
)
WITH CHECK (
    la_code = ANY((SELECT scope_write_las())::text [])
    OR school_id = ANY((SELECT scope_write_schools())::uuid [])
    OR (la_code IS NULL AND (SELECT scope_principal()) = 'service:gateway')
);

-- A person is seen by themselves, by the sign-on that knows only their subject, and by
-- whoever sees one of their assignments.
ALTER TABLE person ENABLE ROW LEVEL SECURITY;
ALTER TABLE person FORCE ROW LEVEL SECURITY;
CREATE POLICY person_tenant ON person
USING (
    person_id::text = (SELECT scope_principal())
    OR 'subject:' || subject = (SELECT scope_principal())
    OR (SELECT scope_principal()) = 'service:gateway'
    OR EXISTS (
        SELECT FROM assignment
        WHERE assignment.principal = person.person_id::text
    )
)
WITH CHECK ((SELECT scope_principal()) = 'service:gateway');

ALTER TABLE client ENABLE ROW LEVEL SECURITY;
ALTER TABLE client FORCE ROW LEVEL SECURITY;
CREATE POLICY client_own ON client
USING (
    'client:' || client_id = (SELECT scope_principal())
    OR (SELECT scope_principal()) = 'service:gateway'
)
WITH CHECK ((SELECT scope_principal()) = 'service:gateway');

GRANT SELECT, INSERT, UPDATE ON region, local_authority, school, school_identity,
person, client, assignment TO joinedup_app;
GRANT SELECT ON region, local_authority, school TO joinedup_worker;
