-- insert_service
-- Store a service that a school takes over the network.
INSERT INTO network_service (
    la_code, school_id, kind, name, provider, reference, starts_on, ends_on, notice_on,
    monthly_pence, cfr_code, note, live_on, ceased_on
) VALUES (
    %(la_code)s, %(school_id)s, %(kind)s, %(name)s, %(provider)s, %(reference)s,
    %(starts_on)s, %(ends_on)s, %(notice_on)s, %(monthly_pence)s, %(cfr_code)s, %(note)s,
    %(live_on)s, %(ceased_on)s
)
RETURNING service_id;

-- get_service
-- Read a service of the scope.
SELECT told.*
FROM network_service_told AS told
WHERE told.service_id = %(service_id)s;

-- update_service
-- Store what is said of a service now, if it is at the version that was seen.
UPDATE network_service SET
    kind = %(kind)s,
    name = %(name)s,
    provider = %(provider)s,
    reference = %(reference)s,
    starts_on = %(starts_on)s,
    ends_on = %(ends_on)s,
    notice_on = %(notice_on)s,
    monthly_pence = %(monthly_pence)s,
    cfr_code = %(cfr_code)s,
    note = %(note)s,
    live_on = %(live_on)s,
    ceased_on = %(ceased_on)s,
    version = version + 1,
    changed_at = clock_timestamp()
WHERE service_id = %(service_id)s AND version = %(version)s
RETURNING service_id;

-- list_services
-- Read the services of a place.
SELECT told.*
FROM network_service_told AS told
WHERE
    (%(la_code)s::text IS NULL OR told.la_code = %(la_code)s::text)
    AND (
        %(school_ids)s::uuid [] IS NULL
        OR told.school_id = ANY(%(school_ids)s::uuid [])
    )
    AND (%(kind)s::text IS NULL OR told.kind = %(kind)s::text)
    AND (
        %(parts)s::text [] IS NULL
        OR lower(
            concat_ws(' ', told.name, told.provider, told.reference, told.school_name)
        ) LIKE ALL(%(parts)s::text [])
    );

-- restate_services
-- Read the next services of the scope, in the order of their ids.
SELECT told.*
FROM network_service_told AS told
WHERE told.service_id > %(after_id)s
ORDER BY told.service_id
LIMIT %(page_size)s;
