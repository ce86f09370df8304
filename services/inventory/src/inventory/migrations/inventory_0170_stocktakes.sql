-- Stock-takes of rooms: what was scanned there, what came of it, and when a person last
-- saw each piece of kit.
-- depends: inventory_0150_tariffs

SET lock_timeout = '2s';

-- A room is what it is called, with its building and site; without any, it is no room.
CREATE TABLE stock_take (
    la_code text NOT NULL,
    school_id uuid NOT NULL,
    stock_take_id uuid NOT NULL DEFAULT uuidv7(),
    site text,
    building text,
    room text,
    opened_at timestamptz NOT NULL DEFAULT now(),
    opened_by text NOT NULL DEFAULT scope_principal(),
    closed_at timestamptz,
    closed_by text,
    -- Null while it is open.
    closed_as text,
    -- As of the last scan, or of the end.
    expected integer NOT NULL DEFAULT 0,
    found integer NOT NULL DEFAULT 0,
    missing integer NOT NULL DEFAULT 0,
    elsewhere integer NOT NULL DEFAULT 0,
    not_in_use integer NOT NULL DEFAULT 0,
    on_loan integer NOT NULL DEFAULT 0,
    unknown integer NOT NULL DEFAULT 0,
    moved integer NOT NULL DEFAULT 0,
    version integer NOT NULL DEFAULT 1,
    CONSTRAINT stock_take_pkey PRIMARY KEY (la_code, school_id, stock_take_id),
    CONSTRAINT stock_take_school_fkey FOREIGN KEY (la_code, school_id)
    REFERENCES school (la_code, school_id) ON UPDATE CASCADE,
    CONSTRAINT stock_take_closed_check CHECK (
        CASE
            WHEN closed_as IS NULL THEN num_nonnulls(closed_at, closed_by) = 0
            ELSE
                closed_as IN ('closed', 'abandoned')
                AND num_nulls(closed_at, closed_by) = 0
        END
    ),
    CONSTRAINT stock_take_version_check CHECK (version > 0)
);

-- Two devices in one room share one stock-take.
CREATE UNIQUE INDEX stock_take_open_once ON stock_take (
    la_code, school_id, lower(coalesce(site, '')), lower(coalesce(building, '')),
    lower(coalesce(room, ''))
) WHERE closed_as IS NULL;
CREATE INDEX stock_take_by_id ON stock_take (stock_take_id);
CREATE INDEX stock_take_by_school ON stock_take (school_id, stock_take_id DESC);

CALL secure_tenant_table('stock_take');

GRANT SELECT, INSERT (la_code, school_id, site, building, room), UPDATE (
    site, building, room, closed_at, closed_by, closed_as, expected, found, missing,
    elsewhere, not_in_use, on_loan, unknown, moved, version
) ON stock_take TO joinedup_app;

CREATE TABLE stock_take_scan (
    la_code text NOT NULL,
    school_id uuid NOT NULL,
    stock_take_id uuid NOT NULL,
    -- Given by whoever scanned, who may have been offline: it makes a repeat known.
    scan_id uuid NOT NULL,
    scanned_at timestamptz NOT NULL,
    code text NOT NULL,
    asset_id uuid,
    -- How many assets of the school bear the code.
    bearers integer NOT NULL DEFAULT 0,
    -- Null only within the transaction that takes it in.
    result text,
    said_by text NOT NULL DEFAULT scope_principal(),
    came_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT stock_take_scan_pkey PRIMARY KEY (
        la_code, school_id, stock_take_id, scan_id
    ),
    CONSTRAINT stock_take_scan_take_fkey FOREIGN KEY (la_code, school_id, stock_take_id)
    REFERENCES stock_take (la_code, school_id, stock_take_id) ON UPDATE CASCADE,
    CONSTRAINT stock_take_scan_result_check CHECK (
        result IN ('found', 'elsewhere', 'not-in-use', 'unknown', 'repeated', 'late')
    )
);

CREATE INDEX stock_take_scan_by_take ON stock_take_scan (stock_take_id, scan_id);

CALL secure_tenant_table('stock_take_scan');

GRANT SELECT, INSERT (
    la_code, school_id, stock_take_id, scan_id, scanned_at, code
), UPDATE (asset_id, bearers, result, code) ON stock_take_scan TO joinedup_app;

-- What was true as a stock-take ended: what its kit became later is told elsewhere.
CREATE TABLE stock_take_line (
    la_code text NOT NULL,
    school_id uuid NOT NULL,
    stock_take_id uuid NOT NULL,
    -- The asset's, or the first scan's of a code that no asset bears.
    line_id uuid NOT NULL,
    standing text NOT NULL,
    code text,
    asset_id uuid,
    tag text,
    category text,
    manufacturer text,
    model text,
    serial text,
    site text,
    building text,
    room text,
    status text,
    asset_version integer,
    is_out boolean NOT NULL,
    bearers integer NOT NULL,
    scanned_at timestamptz,
    is_moved boolean NOT NULL,
    CONSTRAINT stock_take_line_pkey PRIMARY KEY (
        la_code, school_id, stock_take_id, line_id
    ),
    CONSTRAINT stock_take_line_take_fkey FOREIGN KEY (la_code, school_id, stock_take_id)
    REFERENCES stock_take (la_code, school_id, stock_take_id) ON UPDATE CASCADE,
    CONSTRAINT stock_take_line_standing_check CHECK (
        standing IN (
            'missing', 'elsewhere', 'not-in-use', 'unknown', 'on-loan', 'found'
        )
    )
);

CREATE INDEX stock_take_line_by_take ON stock_take_line (stock_take_id, line_id);

CALL secure_tenant_table('stock_take_line');

GRANT SELECT, INSERT, UPDATE (
    code, site, building, room
) ON stock_take_line TO joinedup_app;

-- When a person last saw a piece of kit, and whether it was missing since. That is no
-- version of the asset: nothing that is told of the thing itself has changed.
CREATE TABLE asset_sighting (
    la_code text NOT NULL,
    school_id uuid NOT NULL,
    asset_id uuid NOT NULL,
    seen_on date,
    seen_in uuid,
    missed_on date,
    missed_in uuid,
    CONSTRAINT asset_sighting_pkey PRIMARY KEY (la_code, school_id, asset_id),
    CONSTRAINT asset_sighting_asset_fkey FOREIGN KEY (la_code, school_id, asset_id)
    REFERENCES asset (la_code, school_id, asset_id) ON UPDATE CASCADE,
    CONSTRAINT asset_sighting_days_check CHECK (
        num_nulls(seen_on, seen_in) <> 1
        AND num_nulls(missed_on, missed_in) <> 1
        AND num_nonnulls(seen_on, missed_on) > 0
    )
);

CREATE INDEX asset_sighting_by_asset ON asset_sighting (asset_id);
CREATE INDEX asset_sighting_missed ON asset_sighting (school_id, asset_id)
WHERE missed_on IS NOT NULL;

CALL secure_tenant_table('asset_sighting');

GRANT SELECT, INSERT, UPDATE (
    seen_on, seen_in, missed_on, missed_in
) ON asset_sighting TO joinedup_app;

CREATE VIEW stock_take_told WITH (security_invoker = true) AS
SELECT
    t.stock_take_id,
    t.la_code,
    t.school_id,
    s.urn AS school_urn,
    t.site,
    t.building,
    t.room,
    t.opened_at,
    t.opened_by,
    t.closed_at,
    t.closed_by,
    coalesce(t.closed_as, 'open') AS state,
    t.expected,
    t.found,
    t.missing,
    t.elsewhere,
    t.not_in_use,
    t.on_loan,
    t.unknown,
    t.moved,
    t.version
FROM stock_take AS t
INNER JOIN school AS s ON t.school_id = s.school_id;

GRANT SELECT ON stock_take_told TO joinedup_app;
