-- get_custodies
-- Read some custodies of the scope.
SELECT told.*
FROM custody_told AS told
WHERE told.custody_id = ANY(%(custody_ids)s::uuid []);

-- list_of_asset
-- List who had an asset, the last first.
SELECT told.*
FROM custody_told AS told
WHERE told.asset_id = %(asset_id)s
ORDER BY told.issued_at DESC, told.custody_id DESC
LIMIT %(page_size)s;

-- list_out
-- Read who has each of some assets.
SELECT told.*
FROM custody_told AS told
WHERE told.asset_id = ANY(%(asset_ids)s::uuid []) AND told.returned_at IS NULL;

-- list_known
-- Read who has some assets, had them at some time or later, or had them last.
SELECT told.*
FROM custody_told AS told
WHERE
    told.asset_id = ANY(%(asset_ids)s::uuid [])
    AND (
        told.returned_at IS NULL
        OR told.returned_at > %(since)s
        OR NOT EXISTS (
            SELECT FROM custody AS later
            WHERE
                later.asset_id = told.asset_id
                AND later.issued_at > told.issued_at
        )
    );

-- list_blocking
-- Read who has an asset, or had it at some time or later.
SELECT told.*
FROM custody_told AS told
WHERE
    told.asset_id = %(asset_id)s
    AND (told.returned_at IS NULL OR told.returned_at > %(since)s)
ORDER BY told.issued_at DESC, told.custody_id DESC
LIMIT 1;

-- insert_custodies
-- Store that things are given out.
INSERT INTO custody (
    la_code, school_id, asset_id, holder_kind, holder_name, holder_reference, purpose,
    issued_at, due_on, condition_out
)
SELECT
    said.la_code,
    said.school_id,
    said.asset_id,
    said.holder_kind,
    said.holder_name,
    said.holder_reference,
    said.purpose,
    said.issued_at,
    said.due_on,
    said.condition
FROM jsonb_to_recordset(%(custodies)s::jsonb) AS said (
    la_code text, school_id uuid, asset_id uuid, holder_kind text, holder_name text,
    holder_reference text, purpose text, issued_at timestamptz, due_on date,
    condition text
)
RETURNING custody_id;

-- close_custodies
-- Store that things came back; what is back already stays as it was.
UPDATE custody AS c SET
    returned_at = said.returned_at,
    condition_in = said.condition,
    returned_by = scope_principal(),
    version = c.version + 1
FROM jsonb_to_recordset(%(returns)s::jsonb) AS said (
    custody_id uuid, returned_at timestamptz, condition text
)
WHERE c.custody_id = said.custody_id AND c.returned_at IS NULL
RETURNING c.custody_id;

-- renew_custody
-- Store until when somebody may have a thing, if nobody said otherwise meanwhile.
UPDATE custody SET
    due_on = %(due_on)s,
    version = version + 1
WHERE
    custody_id = %(custody_id)s
    AND version = %(version)s
    AND returned_at IS NULL
RETURNING custody_id;

-- list_custodies
-- List custodies of the scope by a key of each.
SELECT
    told.*,
    custody_key(
        %(sort_by)s, told.due_on, told.holder_name, told.tag, told.issued_at
    ) AS sort_key
FROM custody_told AS told
WHERE
    (
        told.la_code = ANY(%(las)s::text [])
        OR told.school_id = ANY(%(schools)s::uuid [])
    )
    AND (%(la_code)s::text IS NULL OR told.la_code = %(la_code)s::text)
    AND (%(school_id)s::uuid IS NULL OR told.school_id = %(school_id)s::uuid)
    AND custody_is_wanted(
        told.returned_at, told.due_on, %(state)s, %(today)s, %(soon)s
    )
    AND (%(purpose)s::text IS NULL OR told.purpose = %(purpose)s::text)
    AND (%(holder_kind)s::text IS NULL OR told.holder_kind = %(holder_kind)s::text)
    AND (
        %(holder)s::text IS NULL
        OR lower(told.holder_name) = lower(%(holder)s::text)
    )
    AND (
        %(parts)s::text [] IS NULL
        OR lower(
            concat_ws(
                ' ', told.holder_name, told.holder_reference, told.tag,
                told.manufacturer, told.model
            )
        ) LIKE ALL(%(parts)s::text [])
    )
    AND (
        %(after_key)s::text IS NULL
        OR (
            custody_key(
                %(sort_by)s, told.due_on, told.holder_name, told.tag, told.issued_at
            ),
            told.custody_id
        ) > (%(after_key)s::text, %(after_id)s::uuid)
    )
ORDER BY sort_key, told.custody_id
LIMIT %(page_size)s;

-- list_custodies_down
-- List custodies of the scope by a key of each, the last first.
SELECT
    told.*,
    custody_key(
        %(sort_by)s, told.due_on, told.holder_name, told.tag, told.issued_at
    ) AS sort_key
FROM custody_told AS told
WHERE
    (
        told.la_code = ANY(%(las)s::text [])
        OR told.school_id = ANY(%(schools)s::uuid [])
    )
    AND (%(la_code)s::text IS NULL OR told.la_code = %(la_code)s::text)
    AND (%(school_id)s::uuid IS NULL OR told.school_id = %(school_id)s::uuid)
    AND custody_is_wanted(
        told.returned_at, told.due_on, %(state)s, %(today)s, %(soon)s
    )
    AND (%(purpose)s::text IS NULL OR told.purpose = %(purpose)s::text)
    AND (%(holder_kind)s::text IS NULL OR told.holder_kind = %(holder_kind)s::text)
    AND (
        %(holder)s::text IS NULL
        OR lower(told.holder_name) = lower(%(holder)s::text)
    )
    AND (
        %(parts)s::text [] IS NULL
        OR lower(
            concat_ws(
                ' ', told.holder_name, told.holder_reference, told.tag,
                told.manufacturer, told.model
            )
        ) LIKE ALL(%(parts)s::text [])
    )
    AND (
        %(after_key)s::text IS NULL
        OR (
            custody_key(
                %(sort_by)s, told.due_on, told.holder_name, told.tag, told.issued_at
            ),
            told.custody_id
        ) < (%(after_key)s::text, %(after_id)s::uuid)
    )
ORDER BY sort_key DESC, told.custody_id DESC
LIMIT %(page_size)s;

-- count_custodies
-- Count custodies of the scope.
SELECT count(*)::integer
FROM custody_told AS told
WHERE
    (
        told.la_code = ANY(%(las)s::text [])
        OR told.school_id = ANY(%(schools)s::uuid [])
    )
    AND (%(la_code)s::text IS NULL OR told.la_code = %(la_code)s::text)
    AND (%(school_id)s::uuid IS NULL OR told.school_id = %(school_id)s::uuid)
    AND custody_is_wanted(
        told.returned_at, told.due_on, %(state)s, %(today)s, %(soon)s
    )
    AND (%(purpose)s::text IS NULL OR told.purpose = %(purpose)s::text)
    AND (%(holder_kind)s::text IS NULL OR told.holder_kind = %(holder_kind)s::text)
    AND (
        %(holder)s::text IS NULL
        OR lower(told.holder_name) = lower(%(holder)s::text)
    )
    AND (
        %(parts)s::text [] IS NULL
        OR lower(
            concat_ws(
                ' ', told.holder_name, told.holder_reference, told.tag,
                told.manufacturer, told.model
            )
        ) LIKE ALL(%(parts)s::text [])
    );

-- restate_custodies
-- Read the next custodies of the scope, in the order of their ids.
SELECT told.*
FROM custody_told AS told
WHERE told.custody_id > %(after_id)s
ORDER BY told.custody_id
LIMIT %(page_size)s;
