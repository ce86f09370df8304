-- count_kit_endings
-- Count kit in use of a place by what ends of it, model and month.
SELECT
    ending.kind,
    min(told.manufacturer) AS manufacturer,
    min(told.model) AS model,
    min(ending.ends_on) AS first_on,
    max(ending.ends_on) AS last_on,
    count(*)::integer AS devices,
    count(DISTINCT told.school_id)::integer AS schools,
    CASE
        WHEN count(DISTINCT told.school_id) = 1 THEN min(told.school_urn)
    END AS school_urn,
    CASE
        WHEN count(DISTINCT told.school_id) = 1 THEN min(told.school_name)
    END AS school_name
FROM estate_kit_told AS told
CROSS JOIN LATERAL (
    VALUES
    ('warranty', told.warranty_until),
    ('support', told.support_until),
    ('life', told.replace_on)
) AS ending (kind, ends_on)
WHERE
    (%(la_code)s::text IS NULL OR told.la_code = %(la_code)s::text)
    AND (
        %(school_ids)s::uuid [] IS NULL
        OR told.school_id = ANY(%(school_ids)s::uuid [])
    )
    AND told.status = 'in-use'
    AND ending.ends_on BETWEEN %(today)s::date AND %(until)s::date
    -- The day that kit is to be replaced on is one day past its life.
    AND (ending.kind <> 'life' OR ending.ends_on > %(today)s::date)
GROUP BY
    ending.kind,
    lower(told.manufacturer),
    lower(told.model),
    date_trunc('month', ending.ends_on);

-- list_contract_endings
-- List the contracts of a place that end, and those of which notice can be given.
SELECT
    ending.kind,
    line.provider AS name,
    line.reference,
    ending.ends_on,
    line.monthly_pence,
    school.urn AS school_urn,
    school.name AS school_name,
    line.circuit_id,
    NULL::uuid AS supplier_id,
    NULL::uuid AS service_id,
    NULL::uuid AS licence_id
FROM circuit AS line
INNER JOIN school ON line.school_id = school.school_id
CROSS JOIN LATERAL (
    VALUES ('circuit', line.ends_on), ('notice', line.notice_on)
) AS ending (kind, ends_on)
WHERE
    (%(la_code)s::text IS NULL OR line.la_code = %(la_code)s::text)
    AND (
        %(school_ids)s::uuid [] IS NULL
        OR line.school_id = ANY(%(school_ids)s::uuid [])
    )
    AND line.state <> 'ceased'
    AND ending.ends_on BETWEEN %(today)s::date AND %(until)s::date
UNION ALL
SELECT
    ending.kind,
    taken.name,
    taken.provider AS reference,
    ending.ends_on,
    taken.monthly_pence,
    school.urn AS school_urn,
    school.name AS school_name,
    NULL::uuid AS circuit_id,
    NULL::uuid AS supplier_id,
    taken.service_id,
    NULL::uuid AS licence_id
FROM network_service AS taken
INNER JOIN school ON taken.school_id = school.school_id
CROSS JOIN LATERAL (
    VALUES ('service', taken.ends_on), ('notice', taken.notice_on)
) AS ending (kind, ends_on)
WHERE
    (%(la_code)s::text IS NULL OR taken.la_code = %(la_code)s::text)
    AND (
        %(school_ids)s::uuid [] IS NULL
        OR taken.school_id = ANY(%(school_ids)s::uuid [])
    )
    AND (taken.ceased_on IS NULL OR taken.ceased_on > %(today)s::date)
    AND ending.ends_on BETWEEN %(today)s::date AND %(until)s::date
UNION ALL
SELECT
    ending.kind,
    held.maker || ' ' || held.title AS name,
    held.reference,
    ending.ends_on,
    NULL::bigint AS monthly_pence,
    school.urn AS school_urn,
    school.name AS school_name,
    NULL::uuid AS circuit_id,
    NULL::uuid AS supplier_id,
    NULL::uuid AS service_id,
    held.licence_id
FROM licence AS held
LEFT JOIN school ON held.school_id = school.school_id
CROSS JOIN LATERAL (
    VALUES ('licence', held.ends_on), ('notice', held.notice_on)
) AS ending (kind, ends_on)
WHERE
    (%(la_code)s::text IS NULL OR held.la_code = %(la_code)s::text)
    AND (
        %(school_ids)s::uuid [] IS NULL
        OR held.school_id IS NULL
        OR held.school_id = ANY(%(school_ids)s::uuid [])
    )
    AND ending.ends_on BETWEEN %(today)s::date AND %(until)s::date
UNION ALL
SELECT
    ending.kind,
    known.name,
    known.contract_reference AS reference,
    ending.ends_on,
    NULL::bigint AS monthly_pence,
    NULL::integer AS school_urn,
    NULL::text AS school_name,
    NULL::uuid AS circuit_id,
    known.supplier_id,
    NULL::uuid AS service_id,
    NULL::uuid AS licence_id
FROM supplier AS known
CROSS JOIN LATERAL (
    VALUES ('contract', known.ends_on), ('notice', known.notice_on)
) AS ending (kind, ends_on)
WHERE
    (%(la_code)s::text IS NULL OR known.la_code = %(la_code)s::text)
    AND ending.ends_on BETWEEN %(today)s::date AND %(until)s::date;
