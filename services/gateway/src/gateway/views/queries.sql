-- get_memory
-- Read how the caller last set a table.
SELECT state FROM table_memory
WHERE principal = (SELECT scope_principal()) AND table_key = %(table_key)s;

-- keep_memory
-- Keep how the caller set a table, where it is news.
INSERT INTO table_memory (table_key, state)
VALUES (%(table_key)s, %(state)s::jsonb)
ON CONFLICT (principal, table_key) DO UPDATE
SET state = excluded.state, changed_at = now()
WHERE table_memory.state IS DISTINCT FROM excluded.state;

-- delete_memory
-- Forget how the caller set a table.
DELETE FROM table_memory
WHERE principal = (SELECT scope_principal()) AND table_key = %(table_key)s;

-- list_views
-- List the views of a table that the caller has or may see, or those for one school.
SELECT
    v.view_id, v.table_key AS table, v.name, v.state, v.la_code, s.urn AS school_urn,
    v.owner = (SELECT scope_principal()) AS is_mine, d.view_id IS NOT NULL AS is_default,
    v.version, v.changed_at
FROM saved_view AS v
LEFT JOIN school AS s ON v.school_id = s.school_id
LEFT JOIN default_view AS d ON v.view_id = d.view_id AND v.table_key = d.table_key
WHERE
    v.table_key = %(table_key)s
    AND (
        %(school_id)s::uuid IS NULL
        OR v.school_id IS NULL
        OR v.school_id = %(school_id)s::uuid
        OR v.owner = (SELECT scope_principal())
    )
ORDER BY v.owner = (SELECT scope_principal()) DESC, lower(v.name), v.view_id
LIMIT %(page_size)s;

-- count_own_views
-- Count the caller's own views of a table.
SELECT count(*) FROM saved_view
WHERE owner = (SELECT scope_principal()) AND table_key = %(table_key)s;

-- get_view
-- Read a view that the caller has or may see.
SELECT
    v.view_id, v.table_key AS table, v.name, v.state, v.la_code, s.urn AS school_urn,
    v.owner = (SELECT scope_principal()) AS is_mine, d.view_id IS NOT NULL AS is_default,
    v.version, v.changed_at
FROM saved_view AS v
LEFT JOIN school AS s ON v.school_id = s.school_id
LEFT JOIN default_view AS d ON v.view_id = d.view_id AND v.table_key = d.table_key
WHERE v.view_id = %(view_id)s;

-- insert_view
-- Save a view of the caller's.
INSERT INTO saved_view (table_key, name, state, la_code, school_id)
VALUES (
    %(table_key)s, %(name)s, %(state)s::jsonb, %(la_code)s::text, %(school_id)s::uuid
)
RETURNING view_id;

-- update_view
-- Store a view's next version, unless another change came first.
UPDATE saved_view SET
    name = %(name)s,
    state = %(state)s::jsonb,
    la_code = %(la_code)s::text,
    school_id = %(school_id)s::uuid,
    version = version + 1,
    changed_at = now()
WHERE view_id = %(view_id)s AND version = %(version)s
RETURNING view_id;

-- delete_view
-- Delete a view, unless a change came first.
DELETE FROM saved_view
WHERE view_id = %(view_id)s AND version = %(version)s
RETURNING view_id;

-- get_school_id
-- Read which school a view is shared with.
SELECT school_id FROM saved_view
WHERE view_id = %(view_id)s;

-- set_default
-- Open the caller's table with a view from now on.
INSERT INTO default_view (table_key, view_id)
VALUES (%(table_key)s, %(view_id)s)
ON CONFLICT (principal, table_key) DO UPDATE SET view_id = excluded.view_id;

-- unset_default
-- Open the caller's table with this view no more.
DELETE FROM default_view
WHERE principal = (SELECT scope_principal()) AND view_id = %(view_id)s;
