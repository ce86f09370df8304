-- Files that people or systems sent: whose each is; its bytes lie in the depot.
-- depends: 0001_scope

SET lock_timeout = '2s';

-- The same bytes may be several tenants' files: the depot keeps them once.
CREATE TABLE file (
    la_code text,
    school_id uuid,
    file_id uuid NOT NULL DEFAULT uuidv7(),
    principal text NOT NULL,
    name text NOT NULL,
    media_type text NOT NULL,
    size bigint NOT NULL,
    sha256 text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT file_pkey PRIMARY KEY (file_id),
    CONSTRAINT file_size_check CHECK (size > 0),
    CONSTRAINT file_sha256_check CHECK (sha256 ~ '^[0-9a-f]{64}$')
);

CREATE INDEX file_tenant ON file (la_code, school_id, file_id);
CREATE INDEX file_principal ON file (principal, file_id);
CREATE INDEX file_sha256 ON file (sha256);

ALTER TABLE file ENABLE ROW LEVEL SECURITY;
ALTER TABLE file FORCE ROW LEVEL SECURITY;

-- A service acts for whoever asked; no token can carry a principal of its form.
CREATE POLICY file_read ON file FOR SELECT USING (
    principal = (SELECT scope_principal())
    OR (SELECT scope_principal()) LIKE 'service:%'
    OR la_code = ANY((SELECT scope_read_las())::text [])
    OR school_id = ANY((SELECT scope_read_schools())::uuid [])
);
CREATE POLICY file_insert ON file FOR INSERT WITH CHECK (
    (SELECT scope_principal()) LIKE 'service:%'
    OR (
        principal = (SELECT scope_principal())
        AND (
            (la_code IS NULL AND school_id IS NULL)
            OR la_code = ANY((SELECT scope_write_las())::text [])
            OR school_id = ANY((SELECT scope_write_schools())::uuid [])
        )
    )
);
CREATE POLICY file_update ON file FOR UPDATE USING (
    (SELECT scope_principal()) LIKE 'service:%'
);
CREATE POLICY file_delete ON file FOR DELETE USING (
    principal = (SELECT scope_principal())
    OR (SELECT scope_principal()) LIKE 'service:%'
    OR la_code = ANY((SELECT scope_write_las())::text [])
    OR school_id = ANY((SELECT scope_write_schools())::uuid [])
);

GRANT SELECT, DELETE, INSERT (
    la_code, school_id, principal, name, media_type, size, sha256
) ON file TO joinedup_app, joinedup_worker;
