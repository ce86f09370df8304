-- Until when releases of products are supported, and which system a machine has.
-- depends: inventory_0125_uses_heard

SET lock_timeout = '2s';

-- What an operator took in; it goes before the service's own facts. It is of no tenant:
-- when support ends is public knowledge. An end is a day, or "yes" where it is over and
-- nobody says since when, or "no" where none is announced, or not known.
CREATE TABLE lifecycle_release (
    product text NOT NULL,
    cycle text NOT NULL,
    build text,
    released_on text,
    active_until text,
    security_until text,
    extended_until text,
    lts text,
    taken_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT lifecycle_release_pkey PRIMARY KEY (product, cycle),
    CONSTRAINT lifecycle_release_released_check CHECK (
        released_on ~ '^\d{4}-\d{2}-\d{2}$'
    ),
    CONSTRAINT lifecycle_release_ends_check CHECK (
        active_until ~ '^(yes|no|\d{4}-\d{2}-\d{2})$'
        AND security_until ~ '^(yes|no|\d{4}-\d{2}-\d{2})$'
        AND extended_until ~ '^(yes|no|\d{4}-\d{2}-\d{2})$'
    ),
    CONSTRAINT lifecycle_release_lts_check CHECK (lts = 'yes')
);

GRANT SELECT, INSERT, UPDATE ON lifecycle_release TO joinedup_app;

-- What a machine says that it runs, as one text: its system's name, a line's end, its
-- version, and of a Chromebook after another which model it is, since its support hangs
-- on that. What it is made of, likewise: processor, memory, storage, TPM. Null of what
-- runs nothing. In columns of their own, so that an index holds them: an LA's machines
-- are counted without reading one of them; cut where no real name is so long, since an
-- entry of an index holds 2,704 bytes.
-- The table is written anew, once; its readers wait for that anyway.
-- squawk-ignore-file adding-field-with-default, require-concurrent-index-creation
ALTER TABLE asset
ADD COLUMN system_told text GENERATED ALWAYS AS (
    CASE
        WHEN
            category IN (
                'desktop', 'laptop', 'tablet', 'phone', 'server', 'virtual-machine'
            )
            THEN
                left(coalesce(details ->> 'operating_system', ''), 100)
                || chr(10)
                || left(coalesce(details ->> 'os_version', ''), 60)
                || CASE
                    WHEN
                        lower(details ->> 'operating_system') LIKE '%chrome%'
                        OR lower(model) LIKE '%chromebook%'
                        THEN chr(10) || left(manufacturer || ' ' || model, 100)
                    ELSE ''
                END
    END
) STORED,
ADD COLUMN hardware_told text GENERATED ALWAYS AS (
    CASE
        WHEN
            category IN (
                'desktop', 'laptop', 'tablet', 'phone', 'server', 'virtual-machine'
            )
            THEN
                left(coalesce(details ->> 'processor', ''), 100)
                || chr(10)
                || coalesce(details ->> 'memory_gib', '')
                || chr(10)
                || coalesce(details ->> 'storage_gb', '')
                || chr(10)
                || coalesce(details ->> 'tpm', '')
    END
) STORED;

CREATE INDEX asset_by_system
ON asset (la_code, school_id, system_told, hardware_told, category)
WHERE status = 'in-use' AND system_told IS NOT NULL;
