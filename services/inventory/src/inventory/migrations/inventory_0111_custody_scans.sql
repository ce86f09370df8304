-- What was scanned as kit went out and came in, each scan once; what could not be done
-- is kept until somebody settles it.
-- depends: inventory_0110_custody

SET lock_timeout = '2s';

CREATE TABLE custody_scan (
    la_code text NOT NULL,
    school_id uuid NOT NULL,
    -- Given by whoever scanned, who may have been offline: it makes a repeat known.
    scan_id uuid NOT NULL,
    session uuid NOT NULL,
    scanned_at timestamptz NOT NULL,
    code text NOT NULL,
    action text NOT NULL,
    holder_kind text,
    holder_name text,
    holder_reference text,
    purpose text,
    due_on date,
    asset_id uuid,
    custody_id uuid,
    -- Null only within the transaction that takes it in.
    result text,
    reason text,
    detail text,
    settled_as text,
    settled_by text,
    said_by text NOT NULL DEFAULT scope_principal(),
    came_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT custody_scan_pkey PRIMARY KEY (la_code, school_id, scan_id),
    CONSTRAINT custody_scan_school_fkey FOREIGN KEY (la_code, school_id)
    REFERENCES school (la_code, school_id) ON UPDATE CASCADE,
    CONSTRAINT custody_scan_action_check CHECK (action IN ('issue', 'return')),
    CONSTRAINT custody_scan_result_check CHECK (
        result IN ('taken', 'held-already', 'conflict')
    ),
    CONSTRAINT custody_scan_settled_check CHECK (settled_as IN ('kept', 'taken'))
);

CREATE INDEX custody_scan_by_id ON custody_scan (scan_id);
CREATE INDEX custody_scan_open ON custody_scan (school_id, scan_id)
WHERE result = 'conflict' AND settled_as IS NULL;

CALL secure_tenant_table('custody_scan');

GRANT SELECT, INSERT (
    la_code, school_id, scan_id, session, scanned_at, code, action, holder_kind,
    holder_name, holder_reference, purpose, due_on
), UPDATE (
    asset_id, custody_id, result, reason, detail, settled_as, settled_by, holder_name,
    holder_reference
) ON custody_scan TO joinedup_app;
