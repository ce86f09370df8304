-- Custody of kit: who has it, since when and until when; and what is lost or stolen.
-- depends: inventory_0105_far_days

-- squawk-ignore-file constraint-missing-not-valid, ban-drop-constraint
SET lock_timeout = '2s';

-- A thing is with one holder at a time. What core has of exclusion needs a range on
-- either side: that of an id is the id alone.
CREATE TYPE uuid_span AS RANGE (subtype = uuid);

CREATE TABLE custody (
    la_code text NOT NULL,
    school_id uuid NOT NULL,
    custody_id uuid NOT NULL DEFAULT uuidv7(),
    asset_id uuid NOT NULL,
    holder_kind text NOT NULL,
    holder_name text NOT NULL,
    holder_reference text,
    purpose text NOT NULL,
    issued_at timestamptz NOT NULL,
    due_on date,
    returned_at timestamptz,
    condition_out text,
    condition_in text,
    issued_by text NOT NULL DEFAULT scope_principal(),
    returned_by text,
    version integer NOT NULL DEFAULT 1,
    out_asset_id uuid GENERATED ALWAYS AS (
        CASE WHEN returned_at IS NULL THEN asset_id END
    ) STORED,
    CONSTRAINT custody_pkey PRIMARY KEY (la_code, school_id, custody_id),
    -- It is the school's that gave the thing out: names of its people go nowhere else,
    -- wherever the thing goes later.
    CONSTRAINT custody_school_fkey FOREIGN KEY (la_code, school_id)
    REFERENCES school (la_code, school_id) ON UPDATE CASCADE,
    -- What is out stays registered at its school until it is back.
    CONSTRAINT custody_out_fkey FOREIGN KEY (la_code, school_id, out_asset_id)
    REFERENCES asset (la_code, school_id, asset_id),
    CONSTRAINT custody_holder_check CHECK (
        holder_kind IN ('person', 'room', 'class', 'school')
    ),
    CONSTRAINT custody_purpose_check CHECK (
        purpose IN ('loan', 'one-to-one', 'class-set', 'lent-to-school')
    ),
    CONSTRAINT custody_times_check CHECK (returned_at >= issued_at),
    CONSTRAINT custody_apart EXCLUDE USING gist (
        uuid_span(asset_id, asset_id, '[]') WITH &&,
        tstzrange(issued_at, returned_at) WITH &&
    )
);

CREATE UNIQUE INDEX custody_out_once ON custody (la_code, school_id, asset_id)
WHERE returned_at IS NULL;
CREATE INDEX custody_by_asset ON custody (asset_id, issued_at DESC, custody_id DESC);
CREATE INDEX custody_by_id ON custody (custody_id);
CREATE INDEX custody_by_school ON custody (school_id, custody_id);

CALL secure_tenant_table('custody');

GRANT SELECT, INSERT (
    la_code, school_id, asset_id, holder_kind, holder_name, holder_reference, purpose,
    issued_at, due_on, condition_out
), UPDATE (
    due_on, returned_at, returned_by, condition_in, version, holder_name,
    holder_reference, condition_out
) ON custody TO joinedup_app;
GRANT SELECT ON custody TO joinedup_worker;

CREATE TABLE asset_loss (
    la_code text NOT NULL,
    school_id uuid NOT NULL,
    loss_id uuid NOT NULL DEFAULT uuidv7(),
    asset_id uuid NOT NULL,
    kind text NOT NULL,
    lost_on date NOT NULL,
    police_reference text,
    note text,
    said_by text NOT NULL DEFAULT scope_principal(),
    found_on date,
    CONSTRAINT asset_loss_pkey PRIMARY KEY (la_code, school_id, loss_id),
    CONSTRAINT asset_loss_asset_fkey FOREIGN KEY (la_code, school_id, asset_id)
    REFERENCES asset (la_code, school_id, asset_id) ON UPDATE CASCADE,
    CONSTRAINT asset_loss_kind_check CHECK (kind IN ('lost', 'stolen')),
    CONSTRAINT asset_loss_police_check CHECK (
        kind = 'lost' OR police_reference IS NOT NULL
    ),
    CONSTRAINT asset_loss_found_check CHECK (found_on >= lost_on)
);

CREATE INDEX asset_loss_by_asset ON asset_loss (asset_id, lost_on DESC, loss_id DESC);
CREATE INDEX asset_loss_by_id ON asset_loss (loss_id);
CREATE UNIQUE INDEX asset_loss_open_once ON asset_loss (la_code, school_id, asset_id)
WHERE found_on IS NULL;

CALL secure_tenant_table('asset_loss');

GRANT SELECT, INSERT (
    la_code, school_id, asset_id, kind, lost_on, police_reference, note
), UPDATE (found_on, note) ON asset_loss TO joinedup_app;

ALTER TABLE asset_history
DROP CONSTRAINT asset_history_fact_check,
ADD CONSTRAINT asset_history_fact_check CHECK (
    fact IN (
        'changed', 'moved', 'retired', 'reinstated', 'disposed', 'merged', 'took-in',
        'split', 'gave-back', 'attached', 'detached', 'issued', 'renewed', 'returned',
        'lost', 'found'
    )
);

CREATE VIEW custody_told WITH (security_invoker = true) AS
SELECT
    c.custody_id,
    c.la_code,
    c.school_id,
    s.urn AS school_urn,
    c.asset_id,
    a.tag,
    a.manufacturer,
    a.model,
    c.holder_kind,
    c.holder_name,
    c.holder_reference,
    c.purpose,
    c.issued_at,
    c.due_on,
    c.returned_at,
    c.condition_out,
    c.condition_in,
    c.version
FROM custody AS c
INNER JOIN school AS s ON c.school_id = s.school_id
-- What stands at another school by now has no tag for this one.
LEFT JOIN asset AS a ON c.asset_id = a.asset_id;

CREATE FUNCTION custody_is_wanted(
    returned_at timestamptz, due_on date, of_state text, today date, soon date
) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE of_state
    WHEN 'out' THEN returned_at IS NULL
    WHEN 'overdue' THEN returned_at IS NULL AND due_on < today
    WHEN 'due-soon' THEN returned_at IS NULL AND due_on BETWEEN today AND soon
    WHEN 'returned' THEN returned_at IS NOT NULL
    ELSE true
END;

CREATE FUNCTION custody_key(
    sort_by text, due_on date, holder_name text, tag text, issued_at timestamptz
) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
RETURN CASE sort_by
    WHEN 'due_on' THEN coalesce(to_char(due_on, 'YYYY-MM-DD'), '9999-99')
    WHEN 'holder' THEN lower(holder_name)
    WHEN 'tag' THEN lower(coalesce(tag, ''))
    ELSE to_char(issued_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US')
END;

GRANT SELECT ON custody_told TO joinedup_app, joinedup_worker;
