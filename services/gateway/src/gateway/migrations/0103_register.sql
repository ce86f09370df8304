-- What the national register says of a school, and what it said before.
-- depends: 0101_directory

SET lock_timeout = '2s';

-- The register may name a school before it gives it a number.
-- squawk-ignore ban-drop-not-null
ALTER TABLE school ALTER COLUMN laestab DROP NOT NULL;

-- Eastings and northings are metres of the national grid (OSGB36); ages are years.
ALTER TABLE school
ADD COLUMN establishment_type text,
ADD COLUMN gender text,
ADD COLUMN religious_character text,
ADD COLUMN trust text,
ADD COLUMN federation text,
ADD COLUMN low_age integer,
ADD COLUMN high_age integer,
ADD COLUMN capacity integer,
ADD COLUMN town text,
ADD COLUMN district text,
ADD COLUMN ward text,
ADD COLUMN easting integer,
ADD COLUMN northing integer,
ADD COLUMN opened_on date,
ADD COLUMN closed_on date;

-- Alternative provision (ap) is a phase of its own in comparisons.
-- squawk-ignore ban-drop-constraint
ALTER TABLE school DROP CONSTRAINT school_phase_check;
ALTER TABLE school ADD CONSTRAINT school_phase_check CHECK (
    phase IN (
        'nursery', 'primary', 'middle-deemed-primary', 'middle-deemed-secondary',
        'secondary', 'all-through', '16-plus', 'special', 'pru', 'ap'
    )
) NOT VALID;

-- From when a URN was a school's is not always known.
-- squawk-ignore ban-drop-not-null
ALTER TABLE school_identity ALTER COLUMN from_on DROP NOT NULL;
-- squawk-ignore ban-drop-default
ALTER TABLE school_identity ALTER COLUMN from_on DROP DEFAULT;

-- How the register named a school before: kept for ever, never changed.
CREATE TABLE school_past (
    la_code text NOT NULL,
    school_id uuid NOT NULL,
    past_id uuid NOT NULL DEFAULT uuidv7(),
    urn integer NOT NULL,
    laestab text,
    past_la_code text NOT NULL,
    name text NOT NULL,
    until_on date,
    reason text NOT NULL,
    CONSTRAINT school_past_pkey PRIMARY KEY (school_id, past_id),
    CONSTRAINT school_past_school_fkey FOREIGN KEY (school_id)
    REFERENCES school (school_id),
    CONSTRAINT school_past_reason_check CHECK (
        reason IN (
            'conversion', 'merger', 'split', 'authority', 'renamed', 'renumbered'
        )
    )
);

CREATE INDEX school_past_tenant ON school_past (la_code, school_id);

-- Another school that this one came from, or went into, while both are schools.
CREATE TABLE school_link (
    la_code text NOT NULL,
    school_id uuid NOT NULL,
    urn integer NOT NULL,
    other_urn integer NOT NULL,
    relation text NOT NULL,
    kind text NOT NULL,
    linked_on date,
    CONSTRAINT school_link_pkey PRIMARY KEY (school_id, urn, other_urn),
    CONSTRAINT school_link_school_fkey FOREIGN KEY (school_id)
    REFERENCES school (school_id),
    CONSTRAINT school_link_relation_check CHECK (
        relation IN ('predecessor', 'successor')
    ),
    CONSTRAINT school_link_kind_check CHECK (
        kind IN ('conversion', 'merger', 'split')
    )
);

CREATE INDEX school_link_tenant ON school_link (la_code, school_id);

CALL secure_tenant_table('school_past');
CALL secure_tenant_table('school_link');

GRANT SELECT, INSERT, UPDATE ON school_past, school_link TO joinedup_app, joinedup_worker;
-- An import may run in the worker as well as at an operator's command.
GRANT INSERT, UPDATE ON region, local_authority, school TO joinedup_worker;
GRANT SELECT, INSERT, UPDATE ON school_identity TO joinedup_worker;
GRANT SELECT, UPDATE ON assignment TO joinedup_worker;
