-- list_spellings
-- Count kit of the scope by how its make and model are written, the most first.
SELECT
    asset.la_code,
    asset.manufacturer,
    asset.model,
    asset.sort_model,
    asset.category,
    (
        count(*) FILTER (WHERE asset.status NOT IN ('retired', 'disposed', 'cancelled'))
    )::integer AS devices,
    min(asset.purchased_on) FILTER (
        WHERE asset.status NOT IN ('retired', 'disposed', 'cancelled')
    ) AS oldest_on,
    max(asset.purchased_on) FILTER (
        WHERE asset.status NOT IN ('retired', 'disposed', 'cancelled')
    ) AS newest_on
FROM asset
WHERE
    (%(la_code)s::text IS NULL OR asset.la_code = %(la_code)s::text)
    AND (
        %(school_ids)s::uuid [] IS NULL
        OR asset.school_id = ANY(%(school_ids)s::uuid [])
    )
GROUP BY
    asset.la_code, asset.manufacturer, asset.model, asset.sort_model, asset.category
ORDER BY devices DESC, asset.manufacturer, asset.model, asset.category;

-- list_ways_of_authorities
-- Find each way in which a make and model are written on kit of whole LAs.
WITH RECURSIVE known AS (
    -- From one way of the index to the next: few are seen of many rows.
    SELECT
        first.la_code,
        first.manufacturer,
        first.model,
        first.sort_model
    FROM unnest(%(la_codes)s::text []) AS place (la_code)
    CROSS JOIN LATERAL (
        SELECT asset.la_code, asset.manufacturer, asset.model, asset.sort_model
        FROM asset
        WHERE asset.la_code = place.la_code
        ORDER BY asset.manufacturer, asset.model
        LIMIT 1
    ) AS first
    UNION ALL
    SELECT
        following.la_code,
        following.manufacturer,
        following.model,
        following.sort_model
    FROM known
    CROSS JOIN LATERAL (
        SELECT asset.la_code, asset.manufacturer, asset.model, asset.sort_model
        FROM asset
        WHERE
            asset.la_code = known.la_code
            AND (asset.manufacturer, asset.model) > (known.manufacturer, known.model)
        ORDER BY asset.manufacturer, asset.model
        LIMIT 1
    ) AS following
)

SELECT
    la_code,
    manufacturer,
    model,
    sort_model
FROM known;

-- list_ways_of_schools
-- Find each way in which a make and model are written on kit of some schools.
SELECT DISTINCT
    asset.la_code,
    asset.manufacturer,
    asset.model,
    asset.sort_model
FROM asset
WHERE asset.school_id = ANY(%(school_ids)s::uuid [])
ORDER BY asset.la_code, asset.manufacturer, asset.model, asset.sort_model;

-- list_marks
-- Mark what each LA of the scope says of names, so that any change of it is another.
SELECT
    said.la_code,
    count(*)::text || ' ' || sum(hashtextextended(said.mark, 0))::text AS mark
FROM (
    (
        SELECT
            la_code,
            model_id::text || ' ' || version::text || ' ' || changed_at::text AS mark
        FROM catalogue_model
        WHERE %(la_code)s::text IS NULL OR la_code = %(la_code)s::text
        ORDER BY la_code, model_id
    )
    UNION ALL
    (
        SELECT
            la_code,
            merge_id::text AS mark
        FROM catalogue_merge
        WHERE %(la_code)s::text IS NULL OR la_code = %(la_code)s::text
        ORDER BY la_code, merge_id
    )
    UNION ALL
    (
        SELECT
            la_code,
            model_id::text || ' ' || added_at::text AS mark
        FROM catalogue_picture
        WHERE %(la_code)s::text IS NULL OR la_code = %(la_code)s::text
        ORDER BY la_code, model_id
    )
) AS said
GROUP BY said.la_code
ORDER BY said.la_code;

-- list_recorded
-- Read what the LAs of the scope wrote down of models, or one of them.
SELECT
    la_code,
    model_id,
    make,
    model,
    launched_on,
    sold_until,
    supported_until,
    source,
    note,
    version,
    changed_at
FROM catalogue_model
WHERE %(la_code)s::text IS NULL OR la_code = %(la_code)s::text
ORDER BY la_code, model_id;

-- list_pictures
-- Read which models have a picture in the LAs of the scope, or in one of them.
SELECT
    la_code,
    model_id,
    make,
    model,
    alt,
    file_id,
    added_at
FROM catalogue_picture
WHERE %(la_code)s::text IS NULL OR la_code = %(la_code)s::text
ORDER BY la_code, model_id;

-- list_merges
-- Read which makes and models the LAs of the scope say are one, or one of them.
SELECT
    la_code,
    merge_id,
    kind,
    from_make,
    from_model,
    into_make,
    into_model,
    made_at
FROM catalogue_merge
WHERE %(la_code)s::text IS NULL OR la_code = %(la_code)s::text
ORDER BY la_code, merge_id;

-- upsert_recorded
-- Write down what is known of a model, where it still is as it was seen.
INSERT INTO catalogue_model (
    la_code, model_id, make, model, launched_on, sold_until, supported_until, source,
    note
)
VALUES (
    %(la_code)s,
    %(model_id)s,
    %(make)s,
    %(model)s,
    %(launched_on)s,
    %(sold_until)s,
    %(supported_until)s,
    %(source)s,
    %(note)s
)
ON CONFLICT ON CONSTRAINT catalogue_model_pkey DO UPDATE SET
launched_on = excluded.launched_on,
sold_until = excluded.sold_until,
supported_until = excluded.supported_until,
source = excluded.source,
note = excluded.note,
version = catalogue_model.version + 1,
changed_at = clock_timestamp()
WHERE catalogue_model.version = %(version)s;

-- upsert_many
-- Write down what a list says of many models, and leave what it says nothing of.
INSERT INTO catalogue_model AS kept (
    la_code, model_id, make, model, launched_on, sold_until, supported_until, source,
    note
)
SELECT
    %(la_code)s,
    said.model_id,
    said.make,
    said.model,
    said.launched_on,
    said.sold_until,
    said.supported_until,
    said.source,
    said.note
FROM jsonb_to_recordset(%(models)s::jsonb) AS said (
    model_id uuid,
    make text,
    model text,
    launched_on date,
    sold_until date,
    supported_until date,
    source text,
    note text
)
-- Two lists at once take their locks in one order.
ORDER BY said.model_id
ON CONFLICT ON CONSTRAINT catalogue_model_pkey DO UPDATE SET
launched_on = coalesce(excluded.launched_on, kept.launched_on),
sold_until = coalesce(excluded.sold_until, kept.sold_until),
supported_until = coalesce(excluded.supported_until, kept.supported_until),
source = coalesce(excluded.source, kept.source),
note = coalesce(excluded.note, kept.note),
version = kept.version + 1,
changed_at = clock_timestamp();

-- delete_recorded
-- Let an LA know nothing more of a model.
DELETE FROM catalogue_model
WHERE
    la_code = %(la_code)s AND model_id = %(model_id)s AND version = %(version)s;

-- count_by_school
-- Count kit of the scope that is written in some ways, by school.
SELECT
    school.urn,
    school.name,
    count(*)::integer AS devices,
    min(asset.purchased_on) AS oldest_on,
    max(asset.purchased_on) AS newest_on
FROM asset
INNER JOIN school ON asset.school_id = school.school_id
WHERE
    asset.la_code = %(la_code)s
    AND asset.sort_model = ANY(%(written)s::text [])
    AND (
        %(school_ids)s::uuid [] IS NULL
        OR asset.school_id = ANY(%(school_ids)s::uuid [])
    )
    AND asset.status NOT IN ('retired', 'disposed', 'cancelled')
GROUP BY school.urn, school.name
ORDER BY devices DESC, school.name, school.urn;

-- count_by_year
-- Count kit of the scope that is written in some ways, by the year it was bought in.
SELECT
    extract(YEAR FROM asset.purchased_on)::integer AS bought_in,
    count(*)::integer AS devices
FROM asset
WHERE
    asset.la_code = %(la_code)s
    AND asset.sort_model = ANY(%(written)s::text [])
    AND (
        %(school_ids)s::uuid [] IS NULL
        OR asset.school_id = ANY(%(school_ids)s::uuid [])
    )
    AND asset.status NOT IN ('retired', 'disposed', 'cancelled')
GROUP BY bought_in
ORDER BY bought_in NULLS LAST;
