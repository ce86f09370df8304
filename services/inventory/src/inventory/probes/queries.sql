-- insert_measurements
-- Store what was measured on a circuit, but what is known by its moment.
INSERT INTO circuit_measurement (
    la_code, school_id, circuit_id, measured_at, down_kbps, up_kbps, latency_ms, method
)
SELECT
    %(la_code)s,
    %(school_id)s,
    %(circuit_id)s,
    said.measured_at,
    said.down_kbps,
    said.up_kbps,
    said.latency_ms,
    said.method
FROM jsonb_to_recordset(%(items)s::jsonb) AS said (
    measured_at timestamptz, down_kbps integer, up_kbps integer, latency_ms integer,
    method text
)
ORDER BY said.measured_at
ON CONFLICT (la_code, school_id, circuit_id, measured_at) DO NOTHING
RETURNING
measurement_id, la_code, school_id, circuit_id, measured_at, down_kbps, up_kbps,
latency_ms, method, recorded_at;

-- list_measurements
-- List what was measured on a circuit, the latest first.
SELECT
    measurement_id,
    la_code,
    school_id,
    circuit_id,
    measured_at,
    down_kbps,
    up_kbps,
    latency_ms,
    method,
    recorded_at
FROM circuit_measurement
WHERE
    circuit_id = %(circuit_id)s
    AND (
        %(after_id)s::uuid IS NULL
        OR (measured_at, measurement_id)
        < (%(after_at)s::timestamptz, %(after_id)s::uuid)
    )
ORDER BY measured_at DESC, measurement_id DESC
LIMIT %(page_size)s;

-- insert_test
-- Store a test of whether a back-up line takes over.
INSERT INTO failover_test (
    la_code, school_id, circuit_id, tested_on, outcome, switch_seconds, note
) VALUES (
    %(la_code)s, %(school_id)s, %(circuit_id)s, %(tested_on)s, %(outcome)s,
    %(switch_seconds)s, %(note)s
)
RETURNING
test_id, la_code, school_id, circuit_id, tested_on, outcome, switch_seconds, note,
recorded_at;

-- list_tests
-- List the tests of a back-up line, the latest first.
SELECT
    test_id,
    la_code,
    school_id,
    circuit_id,
    tested_on,
    outcome,
    switch_seconds,
    note,
    recorded_at
FROM failover_test
WHERE
    circuit_id = %(circuit_id)s
    AND (
        %(after_id)s::uuid IS NULL
        OR (tested_on, test_id) < (%(after_on)s::date, %(after_id)s::uuid)
    )
ORDER BY tested_on DESC, test_id DESC
LIMIT %(page_size)s;

-- restate_measurements
-- Read the next measurements of the scope, in the order of their ids.
SELECT
    measurement_id,
    la_code,
    school_id,
    circuit_id,
    measured_at,
    down_kbps,
    up_kbps,
    latency_ms,
    method,
    recorded_at
FROM circuit_measurement
WHERE measurement_id > %(after_id)s
ORDER BY measurement_id
LIMIT %(page_size)s;

-- restate_tests
-- Read the next tests of the scope, in the order of their ids.
SELECT
    test_id,
    la_code,
    school_id,
    circuit_id,
    tested_on,
    outcome,
    switch_seconds,
    note,
    recorded_at
FROM failover_test
WHERE test_id > %(after_id)s
ORDER BY test_id
LIMIT %(page_size)s;
