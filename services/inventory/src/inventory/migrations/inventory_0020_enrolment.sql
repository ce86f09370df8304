-- Keys by which a school's agents prove whose they are. Only their hashes are kept.
-- depends: inventory_0005_school_moves

SET lock_timeout = '2s';

-- What is hashed has 160 random bits: nobody finds it by trying, however fast the hash.
CREATE TABLE enrolment_key (
    la_code text NOT NULL,
    school_id uuid NOT NULL,
    key_id uuid NOT NULL DEFAULT uuidv7(),
    name text NOT NULL,
    hint text NOT NULL,
    key_hash bytea NOT NULL,
    -- The one before, which is still taken for a while.
    earlier_hash bytea,
    earlier_ends_at timestamptz,
    made_by text NOT NULL DEFAULT scope_principal(),
    made_at timestamptz NOT NULL DEFAULT now(),
    last_used_at timestamptz,
    withdrawn_at timestamptz,
    version integer NOT NULL DEFAULT 1,
    CONSTRAINT enrolment_key_pkey PRIMARY KEY (la_code, school_id, key_id),
    CONSTRAINT enrolment_key_school_fkey FOREIGN KEY (la_code, school_id)
    REFERENCES school (la_code, school_id) ON UPDATE CASCADE,
    CONSTRAINT enrolment_key_hash_check CHECK (
        octet_length(key_hash) = 32
        AND (earlier_hash IS NULL OR octet_length(earlier_hash) = 32)
    ),
    CONSTRAINT enrolment_key_earlier_check CHECK (
        (earlier_hash IS NULL) = (earlier_ends_at IS NULL)
    ),
    CONSTRAINT enrolment_key_version_check CHECK (version > 0)
);

CREATE INDEX enrolment_key_by_id ON enrolment_key (key_id);
CREATE INDEX enrolment_key_of_school ON enrolment_key (school_id, key_id);
CREATE INDEX enrolment_key_by_hash ON enrolment_key (key_hash)
WHERE withdrawn_at IS NULL;
CREATE INDEX enrolment_key_by_earlier_hash ON enrolment_key (earlier_hash)
WHERE withdrawn_at IS NULL AND earlier_hash IS NOT NULL;

-- Whose a key is has to be found before anybody's scope is known: by the service itself,
-- under a name that no token bears.
CALL secure_tenant_table(
    'enrolment_key', '(SELECT scope_principal()) = ''service:agents'''
);

GRANT SELECT, INSERT, UPDATE (
    hint, key_hash, earlier_hash, earlier_ends_at, last_used_at, withdrawn_at, version
) ON enrolment_key TO joinedup_app;
