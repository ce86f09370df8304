-- lock_place
-- Wait for whoever writes of the same kind for the same place: two at once see each other.
SELECT
    pg_advisory_xact_lock(
        hashtextextended(
            'agreements ' || %(kind)s::text || ' ' || %(la_code)s::text || ' '
            || coalesce(%(school_id)s::text, ''),
            0
        )
    )::text AS held;

-- get_overlapping
-- Read what governs the same place on some of the same days.
SELECT
    agreement_id,
    name,
    starts_on,
    until_on
FROM agreement
WHERE
    la_code = %(la_code)s
    AND kind = %(kind)s
    AND school_id IS NOT DISTINCT FROM %(school_id)s::uuid
    AND agreement_id IS DISTINCT FROM %(agreement_id)s::uuid
    AND starts_on <= coalesce(%(until_on)s::date, 'infinity')
    AND coalesce(until_on, 'infinity') >= %(starts_on)s
ORDER BY starts_on
LIMIT 1;

-- insert_agreement
-- Store what was agreed.
INSERT INTO agreement (
    la_code, school_id, kind, holder, name, supplier_name, supplier_account,
    supplier_email, supplier_phone, starts_on, ends_on, notice_days, renews,
    service_credit, is_managed_service, response_minutes, update_minutes, fix_minutes
) VALUES (
    %(la_code)s, %(school_id)s, %(kind)s, %(holder)s, %(name)s, %(supplier_name)s,
    %(supplier_account)s, %(supplier_email)s, %(supplier_phone)s, %(starts_on)s,
    %(ends_on)s, %(notice_days)s, %(renews)s, %(service_credit)s,
    %(is_managed_service)s, %(response_minutes)s::int [], %(update_minutes)s::int [],
    %(fix_minutes)s::int []
)
RETURNING agreement_id;

-- get_agreement
-- Read an agreement of the scope.
SELECT told.*
FROM agreement_told AS told
WHERE told.agreement_id = %(agreement_id)s;

-- update_agreement
-- Store what is agreed now, if it is at the version that was seen.
UPDATE agreement SET
    name = %(name)s,
    supplier_name = %(supplier_name)s,
    supplier_account = %(supplier_account)s,
    supplier_email = %(supplier_email)s,
    supplier_phone = %(supplier_phone)s,
    starts_on = %(starts_on)s,
    ends_on = %(ends_on)s,
    notice_days = %(notice_days)s,
    renews = %(renews)s,
    service_credit = %(service_credit)s,
    is_managed_service = %(is_managed_service)s,
    response_minutes = %(response_minutes)s::int [],
    update_minutes = %(update_minutes)s::int [],
    fix_minutes = %(fix_minutes)s::int [],
    version = version + 1,
    changed_at = clock_timestamp()
WHERE agreement_id = %(agreement_id)s AND version = %(version)s
RETURNING agreement_id;

-- list_agreements
-- Read what holds at a place: what an LA agreed for all of its schools holds at each.
SELECT told.*
FROM agreement_told AS told
WHERE
    (%(la_code)s::text IS NULL OR told.la_code = %(la_code)s::text)
    AND (
        %(school_id)s::uuid IS NULL
        OR told.school_id IS NULL
        OR told.school_id = %(school_id)s::uuid
    )
    AND (%(kind)s::text IS NULL OR told.kind = %(kind)s::text)
    AND (
        %(on_day)s::date IS NULL
        OR (
            told.starts_on <= %(on_day)s::date
            AND (
                told.renews = 'yearly'
                OR coalesce(told.ends_on, 'infinity') >= %(on_day)s::date
            )
        )
    )
    AND (
        %(parts)s::text [] IS NULL
        OR lower(
            concat_ws(' ', told.name, told.supplier_name, told.supplier_account)
        ) LIKE ALL(%(parts)s::text [])
    );

-- get_promised
-- Read what governs at a school on a day, its own before what is for all of the LA's.
SELECT
    agreement_id,
    response_minutes[%(priority)s::int] AS response_minutes,
    update_minutes[%(priority)s::int] AS update_minutes,
    fix_minutes[%(priority)s::int] AS fix_minutes
FROM agreement
WHERE
    la_code = %(la_code)s
    AND kind = %(kind)s
    AND (school_id = %(school_id)s OR school_id IS NULL)
    AND starts_on <= %(day)s
    AND coalesce(until_on, 'infinity') >= %(day)s
ORDER BY school_id NULLS LAST
LIMIT 1;

-- get_contracted
-- Read what a supplier promised by one agreement, if it holds at a school on a day.
SELECT
    agreement_id,
    response_minutes[%(priority)s::int] AS response_minutes,
    update_minutes[%(priority)s::int] AS update_minutes,
    fix_minutes[%(priority)s::int] AS fix_minutes
FROM agreement
WHERE
    agreement_id = %(agreement_id)s
    AND la_code = %(la_code)s
    AND kind = 'supplier'
    AND (school_id = %(school_id)s OR school_id IS NULL)
    AND starts_on <= %(day)s
    AND coalesce(until_on, 'infinity') >= %(day)s;
