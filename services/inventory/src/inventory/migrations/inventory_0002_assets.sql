-- Assets: what a school owns, where it stands and in what state.
-- depends: inventory_0001_schools

SET lock_timeout = '2s';

CREATE TABLE asset (
    la_code text NOT NULL,
    school_id uuid NOT NULL,
    asset_id uuid NOT NULL DEFAULT uuidv7(),
    tag text NOT NULL,
    category text NOT NULL,
    manufacturer text NOT NULL,
    model text NOT NULL,
    serial text,
    room text,
    status text NOT NULL DEFAULT 'in-use',
    purchased_on date,
    version integer NOT NULL DEFAULT 1,
    registered_at timestamptz NOT NULL DEFAULT now(),
    changed_at timestamptz NOT NULL DEFAULT now(),
    sort_model text NOT NULL
    GENERATED ALWAYS AS (lower(manufacturer || ' ' || model)) STORED,
    search_text text NOT NULL GENERATED ALWAYS AS (
        lower(
            tag || ' ' || manufacturer || ' ' || model || ' '
            || coalesce(serial, '') || ' ' || coalesce(room, '')
        )
    ) STORED,
    CONSTRAINT asset_pkey PRIMARY KEY (la_code, school_id, asset_id),
    CONSTRAINT asset_category_check CHECK (
        category IN (
            'desktop', 'laptop', 'tablet', 'server', 'network', 'wireless',
            'printer', 'scanner', 'audio-visual', 'camera', 'peripheral'
        )
    ),
    CONSTRAINT asset_status_check CHECK (
        status IN ('in-use', 'in-store', 'in-repair', 'retired')
    ),
    CONSTRAINT asset_version_check CHECK (version > 0)
);

-- A tag is what is written on the kit; people do not tell "LT-1" from "lt-1".
CREATE UNIQUE INDEX asset_tag_unique ON asset (la_code, school_id, lower(tag));
CREATE INDEX asset_by_tag ON asset (school_id, lower(tag), asset_id);
CREATE INDEX asset_by_model ON asset (school_id, sort_model, asset_id);
CREATE INDEX asset_by_change ON asset (school_id, changed_at DESC, asset_id DESC);
CREATE INDEX asset_by_id ON asset (asset_id);

CALL secure_tenant_table('asset');

GRANT SELECT, INSERT, UPDATE ON asset TO joinedup_app;
GRANT SELECT ON asset TO joinedup_worker;
