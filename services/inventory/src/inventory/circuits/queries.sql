-- insert_circuit
-- Store a circuit of a school.
INSERT INTO circuit (
    la_code, school_id, reference, role, backs, provider, technology, down_kbps,
    up_kbps, is_contended, starts_on, ends_on, notice_on, monthly_pence, cfr_code, note,
    state, live_on
) VALUES (
    %(la_code)s, %(school_id)s, %(reference)s, %(role)s, %(backs)s, %(provider)s,
    %(technology)s, %(down_kbps)s, %(up_kbps)s, %(is_contended)s, %(starts_on)s,
    %(ends_on)s, %(notice_on)s, %(monthly_pence)s, %(cfr_code)s, %(note)s, %(state)s,
    %(live_on)s
)
RETURNING circuit_id;

-- lock_circuit
-- Hold a circuit of the write scope until the end.
SELECT circuit_id
FROM circuit
WHERE circuit_id = %(circuit_id)s
FOR UPDATE;

-- get_circuit
-- Read a circuit of the scope.
SELECT told.*
FROM circuit_told AS told
WHERE told.circuit_id = %(circuit_id)s;

-- count_backing
-- Count the back-up lines of a circuit.
SELECT count(*)::integer
FROM circuit
WHERE backs = %(circuit_id)s;

-- update_circuit
-- Store what is said of a circuit now.
UPDATE circuit SET
    reference = %(reference)s,
    role = %(role)s,
    backs = %(backs)s,
    provider = %(provider)s,
    technology = %(technology)s,
    down_kbps = %(down_kbps)s,
    up_kbps = %(up_kbps)s,
    is_contended = %(is_contended)s,
    starts_on = %(starts_on)s,
    ends_on = %(ends_on)s,
    notice_on = %(notice_on)s,
    monthly_pence = %(monthly_pence)s,
    cfr_code = %(cfr_code)s,
    note = %(note)s,
    version = version + 1,
    changed_at = clock_timestamp()
WHERE circuit_id = %(circuit_id)s;

-- move_circuit
-- Store the state to which a circuit passed.
UPDATE circuit SET
    state = %(state)s,
    live_on = %(live_on)s,
    ceased_on = %(ceased_on)s,
    version = version + 1,
    changed_at = clock_timestamp()
WHERE circuit_id = %(circuit_id)s;

-- list_circuits
-- Read the circuits of a place.
SELECT told.*
FROM circuit_told AS told
WHERE
    (%(la_code)s::text IS NULL OR told.la_code = %(la_code)s::text)
    AND (
        %(school_ids)s::uuid [] IS NULL
        OR told.school_id = ANY(%(school_ids)s::uuid [])
    )
    AND (%(state)s::text IS NULL OR told.state = %(state)s::text)
    AND (%(role)s::text IS NULL OR told.role = %(role)s::text)
    AND (%(technology)s::text IS NULL OR told.technology = %(technology)s::text)
    AND (
        %(parts)s::text [] IS NULL
        OR lower(
            concat_ws(' ', told.reference, told.provider, told.school_name)
        ) LIKE ALL(%(parts)s::text [])
    );

-- restate_circuits
-- Read the next circuits of the scope, in the order of their ids.
SELECT told.*
FROM circuit_told AS told
WHERE told.circuit_id > %(after_id)s
ORDER BY told.circuit_id
LIMIT %(page_size)s;
