-- insert_licence
-- Store a licence of a school or an LA.
INSERT INTO licence (
    la_code, school_id, maker, maker_key, title, title_key, release, measure, seats,
    term, starts_on, ends_on, notice_on, price_pence, cfr_code, supplier, reference,
    note, counted, counted_on
) VALUES (
    %(la_code)s, %(school_id)s, %(maker)s, %(maker_key)s, %(title)s, %(title_key)s,
    %(release)s, %(measure)s, %(seats)s, %(term)s, %(starts_on)s, %(ends_on)s,
    %(notice_on)s, %(price_pence)s, %(cfr_code)s, %(supplier)s, %(reference)s, %(note)s,
    %(counted)s, %(counted_on)s
)
RETURNING licence_id;

-- lock_licence
-- Hold a licence of the write scope until the end.
SELECT licence_id
FROM licence
WHERE licence_id = %(licence_id)s
FOR UPDATE;

-- get_licence
-- Read a licence of the scope.
SELECT told.*
FROM licence_told AS told
WHERE told.licence_id = %(licence_id)s;

-- update_licence
-- Store what is said of a licence now.
UPDATE licence SET
    maker = %(maker)s,
    maker_key = %(maker_key)s,
    title = %(title)s,
    title_key = %(title_key)s,
    release = %(release)s,
    measure = %(measure)s,
    seats = %(seats)s,
    term = %(term)s,
    starts_on = %(starts_on)s,
    ends_on = %(ends_on)s,
    notice_on = %(notice_on)s,
    price_pence = %(price_pence)s,
    cfr_code = %(cfr_code)s,
    supplier = %(supplier)s,
    reference = %(reference)s,
    note = %(note)s,
    counted = %(counted)s,
    counted_on = %(counted_on)s,
    version = version + 1,
    changed_at = clock_timestamp()
WHERE licence_id = %(licence_id)s;

-- delete_licence
-- Keep a licence no more.
DELETE FROM licence
WHERE licence_id = %(licence_id)s;

-- list_licences
-- Read the licences that hold at a place: an LA's own hold at all of its schools.
SELECT told.*
FROM licence_told AS told
WHERE
    (%(la_code)s::text IS NULL OR told.la_code = %(la_code)s::text)
    AND (
        %(school_ids)s::uuid [] IS NULL
        OR told.school_id IS NULL
        OR told.school_id = ANY(%(school_ids)s::uuid [])
    )
    AND (
        %(title_id)s::uuid IS NULL OR told.title_id = %(title_id)s::uuid
    )
    AND (%(measure)s::text IS NULL OR told.measure = %(measure)s::text)
    AND (%(term)s::text IS NULL OR told.term = %(term)s::text)
    AND (
        %(holder)s::text IS NULL
        OR (%(holder)s::text = 'authority') = (told.school_id IS NULL)
    )
    AND (
        %(parts)s::text [] IS NULL
        OR lower(
            concat_ws(
                ' ',
                told.name,
                told.publisher,
                told.supplier,
                told.reference,
                told.school_name
            )
        ) LIKE ALL(%(parts)s::text [])
    );

-- restate_licences
-- Read the next licences of the scope, in the order of their ids.
SELECT told.*
FROM licence_told AS told
WHERE told.licence_id > %(after_id)s
ORDER BY told.licence_id
LIMIT %(page_size)s;
