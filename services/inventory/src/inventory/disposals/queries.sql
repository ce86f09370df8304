-- list_disposals
-- Count what left the schools of a place by day, way and reference.
SELECT
    school.urn AS school_urn,
    school.name AS school_name,
    gone.disposed_on,
    gone.disposal_method AS method,
    gone.disposal_reference AS reference,
    count(*)::integer AS assets,
    count(*) FILTER (
        WHERE gone.category = ANY(%(holds_data)s::text [])
    )::integer AS holding,
    count(*) FILTER (
        WHERE gone.category = ANY(%(holds_data)s::text []) AND last.is_verified
    )::integer AS erased
FROM asset AS gone
INNER JOIN school ON gone.school_id = school.school_id
LEFT JOIN LATERAL (
    SELECT w.is_verified
    FROM data_wipe AS w
    WHERE w.asset_id = gone.asset_id
    ORDER BY w.wiped_on DESC, w.wipe_id DESC
    LIMIT 1
) AS last ON true
WHERE
    (%(la_code)s::text IS NULL OR gone.la_code = %(la_code)s::text)
    AND (
        %(school_ids)s::uuid [] IS NULL
        OR gone.school_id = ANY(%(school_ids)s::uuid [])
    )
    AND gone.status = 'disposed'
    AND gone.merged_into IS NULL
    AND (%(method)s::text IS NULL OR gone.disposal_method = %(method)s::text)
    AND (
        %(parts)s::text [] IS NULL
        OR lower(gone.disposal_reference) LIKE ALL(%(parts)s::text [])
    )
GROUP BY
    school.urn,
    school.name,
    gone.disposed_on,
    gone.disposal_method,
    gone.disposal_reference;

-- list_gone
-- List what left a school on one day, in one way and under one reference, by tag.
SELECT
    gone.asset_id,
    school.urn AS school_urn,
    gone.tag,
    gone.sort_tag,
    gone.category,
    gone.manufacturer,
    gone.model,
    gone.serial,
    last.wiped_on,
    last.method AS wipe_method,
    last.is_verified,
    last.done_by,
    last.tool,
    last.certificate
FROM asset AS gone
INNER JOIN school ON gone.school_id = school.school_id
LEFT JOIN LATERAL (
    SELECT
        w.wiped_on,
        w.method,
        w.is_verified,
        w.done_by,
        w.tool,
        w.certificate
    FROM data_wipe AS w
    WHERE w.asset_id = gone.asset_id
    ORDER BY w.wiped_on DESC, w.wipe_id DESC
    LIMIT 1
) AS last ON true
WHERE
    gone.school_id = %(school_id)s
    AND gone.status = 'disposed'
    AND gone.merged_into IS NULL
    AND gone.disposed_on = %(disposed_on)s
    AND gone.disposal_method = %(method)s
    AND gone.disposal_reference IS NOT DISTINCT FROM %(reference)s::text
    AND (
        %(after_id)s::uuid IS NULL
        OR (gone.sort_tag, gone.asset_id) > (%(after_tag)s::text, %(after_id)s::uuid)
    )
ORDER BY gone.sort_tag, gone.asset_id
LIMIT %(page_size)s;
