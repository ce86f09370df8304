-- list_related
-- List what an asset hangs on, and what hangs on it.
SELECT
    r.relation_id,
    r.kind,
    r.asset_id = a.asset_id AS depends,
    a.asset_id,
    a.tag,
    a.category,
    a.manufacturer,
    a.model,
    a.status,
    r.began_at
FROM asset_relation AS r
-- It lasts for as long as both are at one school.
INNER JOIN asset AS o ON r.other_id = o.asset_id AND r.school_id = o.school_id
INNER JOIN asset AS a
    ON a.asset_id = CASE r.asset_id WHEN %(asset_id)s THEN r.other_id ELSE r.asset_id END
WHERE
    (r.asset_id = %(asset_id)s OR r.other_id = %(asset_id)s)
    AND r.ended_at IS NULL
ORDER BY r.kind, a.sort_tag, r.relation_id
LIMIT %(page_size)s;

-- list_affected
-- List what is in use and hangs on an asset, however far, each by its shortest way.
WITH RECURSIVE reached AS (
    SELECT
        r.asset_id,
        r.kind,
        r.other_id AS via_id,
        1 AS steps,
        ARRAY[r.other_id, r.asset_id] AS way
    FROM asset_relation AS r
    INNER JOIN asset AS o ON r.other_id = o.asset_id AND r.school_id = o.school_id
    WHERE r.other_id = %(asset_id)s AND r.ended_at IS NULL
    UNION ALL
    SELECT
        r.asset_id,
        r.kind,
        r.other_id AS via_id,
        f.steps + 1 AS steps,
        f.way || r.asset_id AS way
    FROM reached AS f
    INNER JOIN asset_relation AS r ON f.asset_id = r.other_id
    INNER JOIN asset AS o ON r.other_id = o.asset_id AND r.school_id = o.school_id
    WHERE
        r.ended_at IS NULL
        AND r.asset_id <> ALL(f.way)
        AND f.steps < %(deepest)s
)

SELECT
    a.asset_id,
    a.tag,
    a.category,
    a.manufacturer,
    a.model,
    a.room,
    nearest.steps,
    nearest.kind,
    via.tag AS via_tag
FROM (
    SELECT DISTINCT ON (reached.asset_id)
        reached.asset_id,
        reached.kind,
        reached.via_id,
        reached.steps
    FROM reached
    ORDER BY reached.asset_id, reached.steps
) AS nearest
INNER JOIN asset AS a ON nearest.asset_id = a.asset_id
INNER JOIN asset AS via ON nearest.via_id = via.asset_id
WHERE a.status NOT IN ('retired', 'disposed', 'cancelled')
ORDER BY nearest.steps, a.sort_tag, a.asset_id
LIMIT %(page_size)s;

-- list_over
-- List all that an asset hangs on by one kind of relation, itself among it.
WITH RECURSIVE reached AS (
    SELECT %(asset_id)s::uuid AS asset_id
    UNION
    SELECT r.other_id AS asset_id
    FROM reached AS f
    INNER JOIN asset_relation AS r ON f.asset_id = r.asset_id
    INNER JOIN asset AS o ON r.other_id = o.asset_id AND r.school_id = o.school_id
    WHERE r.ended_at IS NULL AND r.kind = %(kind)s
)

SELECT asset_id FROM reached;

-- lock_school
-- Wait for whoever begins a relation at the same school: no circle closes unseen.
SELECT
    pg_advisory_xact_lock(
        hashtextextended('relations ' || %(school_id)s::text, 0)
    )::text AS held;

-- insert_relation
-- Store that a relation began, unless it lasts already.
INSERT INTO asset_relation (la_code, school_id, asset_id, kind, other_id)
VALUES (
    %(la_code)s, %(school_id)s, %(asset_id)s, %(kind)s, %(other_id)s
)
ON CONFLICT (la_code, school_id, asset_id, kind, other_id)
WHERE ended_at IS NULL DO NOTHING
RETURNING
relation_id, la_code, school_id, asset_id, kind, other_id, began_at, ended_at;

-- end_relation
-- Store that a relation ended.
UPDATE asset_relation SET ended_at = clock_timestamp()
WHERE
    relation_id = %(relation_id)s
    AND (asset_id = %(asset_id)s OR other_id = %(asset_id)s)
    AND ended_at IS NULL
RETURNING
relation_id, la_code, school_id, asset_id, kind, other_id, began_at, ended_at;

-- end_relations_of
-- Store that all relations of an asset within its school ended.
UPDATE asset_relation SET ended_at = clock_timestamp()
WHERE
    school_id = %(school_id)s
    AND (asset_id = %(asset_id)s OR other_id = %(asset_id)s)
    AND ended_at IS NULL
RETURNING
relation_id, la_code, school_id, asset_id, kind, other_id, began_at, ended_at;

-- get_relations
-- Read some relations of a school, ended ones too.
SELECT
    relation_id,
    la_code,
    school_id,
    asset_id,
    kind,
    other_id,
    began_at,
    ended_at
FROM asset_relation
WHERE
    school_id = %(school_id)s AND relation_id = ANY(%(relation_ids)s::uuid [])
ORDER BY relation_id;
