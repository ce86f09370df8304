-- Two assets that are one thing: which of them leads, and what came along with the other.
-- depends: inventory_0042_out_of_use inventory_0060_estate inventory_0070_attachments
-- depends: inventory_0080_search

SET lock_timeout = '2s';

-- A duplicate is cancelled, as what was registered by mistake is, and says which asset it
-- is. That one takes it along to another school or LA: whoever has the kit has its labels.
-- squawk-ignore-file constraint-missing-not-valid, ban-drop-constraint
-- squawk-ignore-file adding-foreign-key-constraint, adding-field-with-default
ALTER TABLE asset
ADD COLUMN merged_into uuid,
-- What its duplicates are found by.
ADD COLUMN merged_words text NOT NULL DEFAULT '',
ADD CONSTRAINT asset_merged_check CHECK (
    merged_into IS NULL OR (status = 'cancelled' AND merged_into <> asset_id)
),
ADD CONSTRAINT asset_merged_fkey FOREIGN KEY (la_code, school_id, merged_into)
REFERENCES asset (la_code, school_id, asset_id) ON UPDATE CASCADE;

-- squawk-ignore require-concurrent-index-creation
CREATE INDEX asset_merged ON asset (merged_into, asset_id) WHERE merged_into IS NOT NULL;

-- An LA's 60,000 assets are written anew within seconds.
ALTER TABLE asset ALTER COLUMN search_text SET EXPRESSION AS (
    lower(
        tag || ' ' || manufacturer || ' ' || model || ' ' || coalesce(serial, '') || ' '
        || coalesce(building, '') || ' ' || coalesce(room, '') || ' '
        || coalesce(details ->> 'hostname', '') || ' ' || merged_words
    )
);

ALTER TABLE asset_history
DROP CONSTRAINT asset_history_fact_check,
ADD CONSTRAINT asset_history_fact_check CHECK (
    fact IN (
        'changed', 'moved', 'retired', 'reinstated', 'disposed', 'merged', 'took-in',
        'split', 'gave-back', 'attached', 'detached'
    )
);

-- The row goes with the asset that is kept; what was moved is named by ids alone. What
-- became of fields is in the history, at these versions.
CREATE TABLE asset_merge (
    la_code text NOT NULL,
    school_id uuid NOT NULL,
    merge_id uuid NOT NULL DEFAULT uuidv7(),
    kept_id uuid NOT NULL,
    kept_version integer NOT NULL,
    duplicate_id uuid NOT NULL,
    duplicate_version integer NOT NULL,
    devices uuid [] NOT NULL,
    attachments uuid [] NOT NULL,
    repairs uuid [] NOT NULL,
    -- The duplicate's own, and beside each what it is now: null where that was dropped.
    relations_ended uuid [] NOT NULL,
    relations_begun uuid [] NOT NULL,
    merged_by text NOT NULL DEFAULT scope_principal(),
    merged_at timestamptz NOT NULL DEFAULT now(),
    split_by text,
    split_at timestamptz,
    version integer NOT NULL DEFAULT 1,
    CONSTRAINT asset_merge_pkey PRIMARY KEY (la_code, school_id, merge_id),
    CONSTRAINT asset_merge_kept_fkey FOREIGN KEY (la_code, school_id, kept_id)
    REFERENCES asset (la_code, school_id, asset_id) ON UPDATE CASCADE,
    CONSTRAINT asset_merge_self_check CHECK (kept_id <> duplicate_id),
    CONSTRAINT asset_merge_split_check CHECK ((split_by IS NULL) = (split_at IS NULL)),
    CONSTRAINT asset_merge_relations_check CHECK (
        cardinality(relations_ended) = cardinality(relations_begun)
    )
);

CREATE INDEX asset_merge_by_id ON asset_merge (merge_id);
CREATE INDEX asset_merge_by_kept ON asset_merge (kept_id, merge_id);
CREATE INDEX asset_merge_by_duplicate ON asset_merge (duplicate_id, merge_id);
CREATE UNIQUE INDEX asset_merge_once ON asset_merge (la_code, school_id, duplicate_id)
WHERE split_at IS NULL;

CALL secure_tenant_table('asset_merge');

GRANT SELECT, UPDATE (split_by, split_at, version), INSERT (
    la_code, school_id, kept_id, kept_version, duplicate_id, duplicate_version, devices,
    attachments, repairs, relations_ended, relations_begun
) ON asset_merge TO joinedup_app;
GRANT UPDATE (asset_id) ON asset_attachment, repair TO joinedup_app;

CREATE OR REPLACE VIEW asset_told WITH (security_invoker = true) AS
SELECT
    a.asset_id,
    a.school_id,
    s.urn AS school_urn,
    a.la_code,
    a.tag,
    a.category,
    a.manufacturer,
    a.model,
    a.serial,
    a.site,
    a.building,
    a.room,
    a.status,
    a.order_number,
    a.ordered_on,
    a.purchased_on,
    a.price_pence,
    a.supplier,
    a.funding_line,
    a.cfr_code,
    a.warranty_until,
    a.support_until,
    coalesce(sl.years, al.years, usual_life(a.category)) AS expected_years,
    (
        a.purchased_on
        + make_interval(
            years => coalesce(sl.years, al.years, usual_life(a.category))
        )
    )::date AS replace_on,
    a.disposed_on,
    a.disposal_method,
    a.disposal_reference,
    a.details,
    a.version,
    a.registered_at,
    a.changed_at,
    a.merged_into
FROM asset AS a
INNER JOIN school AS s ON a.school_id = s.school_id
LEFT JOIN school_life AS sl
    ON
        a.la_code = sl.la_code
        AND a.school_id = sl.school_id
        AND a.category = sl.category
LEFT JOIN authority_life AS al
    ON a.la_code = al.la_code AND a.category = al.category;

-- A duplicate is in no listing and counts nowhere: the thing is there once.
CREATE OR REPLACE FUNCTION asset_is_wanted(
    one asset,
    of_category text,
    of_status text,
    in_room text,
    warranty_by date,
    parts text [],
    likely text [],
    certain text []
) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (one).merged_into IS NULL
AND (of_category IS NULL OR (one).category = of_category)
AND (of_status IS NULL OR (one).status = of_status)
AND (in_room IS NULL OR lower((one).room) = lower(in_room))
AND (warranty_by IS NULL OR (one).warranty_until <= warranty_by)
AND (parts IS NULL OR (one).search_text LIKE ALL(parts))
AND (
    likely IS NULL
    OR CASE
        WHEN (one).search_text LIKE ANY(likely) THEN (one).search_text ~ ALL(certain)
        ELSE false
    END
);

CREATE OR REPLACE VIEW estate_kit_told WITH (security_invoker = true) AS
SELECT
    a.asset_id,
    a.school_id,
    s.urn AS school_urn,
    s.name AS school_name,
    a.la_code,
    a.tag,
    a.sort_tag,
    a.category,
    a.manufacturer,
    a.model,
    a.serial,
    a.room,
    a.status,
    a.purchased_on,
    a.price_pence,
    a.warranty_until,
    a.support_until,
    coalesce(sl.years, al.years, usual_life(a.category)) AS expected_years,
    (
        a.purchased_on
        + make_interval(
            years => coalesce(sl.years, al.years, usual_life(a.category))
        )
    )::date AS replace_on,
    -- When a machine that is this asset was last heard of. A listing takes it for its
    -- rows alone; whoever counts leaves it out, and joins the machines as a set.
    (
        SELECT max(d.last_seen_at)
        FROM agent_device AS d
        WHERE
            d.la_code = a.la_code
            AND d.school_id = a.school_id
            AND d.asset_id = a.asset_id
    ) AS seen_at
FROM asset AS a
INNER JOIN school AS s ON a.school_id = s.school_id
LEFT JOIN school_life AS sl
    ON
        a.la_code = sl.la_code
        AND a.school_id = sl.school_id
        AND a.category = sl.category
LEFT JOIN authority_life AS al
    ON a.la_code = al.la_code AND a.category = al.category
WHERE a.merged_into IS NULL;

CREATE OR REPLACE VIEW kit_happening WITH (security_invoker = true) AS
SELECT
    h.la_code,
    h.school_id,
    h.asset_id,
    h.fact,
    CASE WHEN h.actor_id LIKE 'enrolment-key:%' THEN 'agent' ELSE 'person' END
        AS teller,
    h.happened_at
FROM asset_history AS h
WHERE
    NOT EXISTS (
        SELECT FROM asset AS gone
        WHERE gone.asset_id = h.asset_id AND gone.merged_into IS NOT NULL
    )
UNION ALL
SELECT
    made.la_code,
    made.school_id,
    made.asset_id,
    'registered' AS fact,
    CASE
        WHEN EXISTS (
            SELECT FROM agent_device AS d
            WHERE d.asset_id = made.asset_id AND d.matched_by = 'new'
        ) THEN 'agent'
        ELSE 'person'
    END AS teller,
    made.registered_at AS happened_at
FROM asset AS made
WHERE made.merged_into IS NULL;
