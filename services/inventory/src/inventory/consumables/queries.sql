-- insert_consumable
-- Store what a school uses up.
INSERT INTO consumable (
    la_code, school_id, name, site, code, category, unit, fits, lead_time_days, minimum,
    is_stocked
) VALUES (
    %(la_code)s, %(school_id)s, %(name)s, %(site)s, %(code)s, %(category)s, %(unit)s,
    %(fits)s, %(lead_time_days)s, %(minimum)s, %(is_stocked)s
)
RETURNING consumable_id;

-- lock_consumable
-- Hold a consumable of the write scope until the end.
SELECT consumable_id
FROM consumable
WHERE consumable_id = %(consumable_id)s
FOR UPDATE;

-- get_consumable
-- Read a consumable of the scope.
SELECT told.*
FROM consumable_told AS told
WHERE told.consumable_id = %(consumable_id)s;

-- update_consumable
-- Store what is said of a consumable now.
UPDATE consumable SET
    name = %(name)s,
    site = %(site)s,
    code = %(code)s,
    category = %(category)s,
    unit = %(unit)s,
    fits = %(fits)s,
    lead_time_days = %(lead_time_days)s,
    minimum = %(minimum)s,
    is_stocked = %(is_stocked)s,
    version = version + 1,
    changed_at = clock_timestamp()
WHERE consumable_id = %(consumable_id)s;

-- restock_consumable
-- Count what came or went of a consumable.
UPDATE consumable SET
    on_hand = on_hand + %(came)s,
    on_order = on_order + %(coming)s,
    counted_on = coalesce(%(counted_on)s::date, counted_on),
    version = version + 1,
    changed_at = clock_timestamp()
WHERE consumable_id = %(consumable_id)s;

-- list_consumables
-- Read the consumables of a place.
SELECT told.*
FROM consumable_told AS told
WHERE
    (%(la_code)s::text IS NULL OR told.la_code = %(la_code)s::text)
    AND (
        %(school_ids)s::uuid [] IS NULL
        OR told.school_id = ANY(%(school_ids)s::uuid [])
    )
    AND (%(category)s::text IS NULL OR told.category = %(category)s::text)
    AND (
        %(parts)s::text [] IS NULL
        OR lower(
            concat_ws(
                ' ', told.name, told.code, told.site, array_to_string(told.fits, ' ')
            )
        ) LIKE ALL(%(parts)s::text [])
    );

-- restate_consumables
-- Read the next consumables of the scope, in the order of their ids.
SELECT told.*
FROM consumable_told AS told
WHERE told.consumable_id > %(after_id)s
ORDER BY told.consumable_id
LIMIT %(page_size)s;
