-- The lines that join a school to the internet, what was measured on them, tests of
-- whether the back-up line takes over, and what an LA knows of who provides them.
-- depends: inventory_0125_uses_heard

SET lock_timeout = '2s';

-- What the directory says of a school: the standard of its line goes by it. It is said
-- with the school's next fact, or when the directory says its schools again.
ALTER TABLE school ADD COLUMN phase text;

-- What an LA knows of a supplier. Things name one as text; whose name that is, whatever
-- its case, is looked up when they are read.
CREATE TABLE supplier (
    la_code text NOT NULL,
    supplier_id uuid NOT NULL DEFAULT uuidv7(),
    name text NOT NULL,
    desk_phone text,
    desk_email text,
    website text,
    account_number text,
    contract_reference text,
    starts_on date,
    ends_on date,
    notice_on date,
    version integer NOT NULL DEFAULT 1,
    added_at timestamptz NOT NULL DEFAULT now(),
    changed_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT supplier_pkey PRIMARY KEY (la_code, supplier_id),
    CONSTRAINT supplier_contract_check CHECK (
        starts_on <= ends_on AND notice_on <= ends_on
    ),
    CONSTRAINT supplier_version_check CHECK (version > 0)
);

CREATE UNIQUE INDEX supplier_name_unique ON supplier (la_code, lower(name));
CREATE INDEX supplier_by_id ON supplier (supplier_id);

-- An LA's people write it; so do its schools read it.
ALTER TABLE supplier ENABLE ROW LEVEL SECURITY;
ALTER TABLE supplier FORCE ROW LEVEL SECURITY;
CREATE POLICY supplier_read ON supplier FOR SELECT
USING (
    la_code = ANY((SELECT scope_read_las())::text [])
    OR EXISTS (
        SELECT FROM school AS s
        WHERE
            s.la_code = supplier.la_code
            AND s.school_id = ANY((SELECT scope_read_schools())::uuid [])
    )
);
CREATE POLICY supplier_insert ON supplier FOR INSERT
WITH CHECK (la_code = ANY((SELECT scope_write_las())::text []));
CREATE POLICY supplier_update ON supplier FOR UPDATE
USING (la_code = ANY((SELECT scope_write_las())::text []))
WITH CHECK (la_code = ANY((SELECT scope_write_las())::text []));
CREATE POLICY supplier_delete ON supplier FOR DELETE
USING (la_code = ANY((SELECT scope_write_las())::text []));

-- Speeds are whole kbit/s, as the contract has them.
CREATE TABLE circuit (
    la_code text NOT NULL,
    school_id uuid NOT NULL,
    circuit_id uuid NOT NULL DEFAULT uuidv7(),
    reference text NOT NULL,
    role text NOT NULL,
    backs uuid,
    provider text NOT NULL,
    technology text NOT NULL,
    down_kbps integer NOT NULL,
    up_kbps integer NOT NULL,
    is_contended boolean,
    starts_on date,
    ends_on date,
    notice_on date,
    monthly_pence bigint,
    cfr_code text NOT NULL,
    note text,
    state text NOT NULL,
    live_on date,
    ceased_on date,
    version integer NOT NULL DEFAULT 1,
    added_at timestamptz NOT NULL DEFAULT now(),
    changed_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT circuit_pkey PRIMARY KEY (la_code, school_id, circuit_id),
    CONSTRAINT circuit_school_fkey FOREIGN KEY (la_code, school_id)
    REFERENCES school (la_code, school_id) ON UPDATE CASCADE,
    CONSTRAINT circuit_backs_fkey FOREIGN KEY (la_code, school_id, backs)
    REFERENCES circuit (la_code, school_id, circuit_id) ON UPDATE CASCADE,
    CONSTRAINT circuit_role_check CHECK (
        CASE role
            WHEN 'main' THEN backs IS NULL
            WHEN 'back-up' THEN backs IS NOT NULL AND backs <> circuit_id
            ELSE false
        END
    ),
    CONSTRAINT circuit_technology_check CHECK (
        technology IN (
            'full-fibre', 'leased-line', 'cable', 'g-fast', 'fttc', 'adsl',
            'fixed-wireless', '5g', '4g', 'satellite', 'other'
        )
    ),
    CONSTRAINT circuit_speeds_check CHECK (down_kbps > 0 AND up_kbps > 0),
    CONSTRAINT circuit_contract_check CHECK (
        starts_on <= ends_on AND notice_on <= ends_on
    ),
    CONSTRAINT circuit_price_check CHECK (monthly_pence >= 0),
    CONSTRAINT circuit_cfr_code_check CHECK (cfr_code ~ '^E20[A-G]$'),
    CONSTRAINT circuit_state_check CHECK (
        CASE state
            WHEN 'planned' THEN live_on IS NULL AND ceased_on IS NULL
            WHEN 'live' THEN live_on IS NOT NULL AND ceased_on IS NULL
            WHEN 'ceased' THEN ceased_on IS NOT NULL
            ELSE false
        END
    ),
    CONSTRAINT circuit_days_check CHECK (live_on <= ceased_on),
    CONSTRAINT circuit_version_check CHECK (version > 0)
);

CREATE UNIQUE INDEX circuit_reference_unique
ON circuit (la_code, school_id, lower(reference));
CREATE INDEX circuit_by_id ON circuit (circuit_id);
CREATE INDEX circuit_of_school ON circuit (school_id);
CREATE INDEX circuit_by_provider ON circuit (la_code, lower(provider));
CREATE INDEX circuit_by_backed ON circuit (backs) WHERE backs IS NOT NULL;

-- What was measured at a moment. It is never rewritten, and what is sent again is known
-- by its moment.
CREATE TABLE circuit_measurement (
    la_code text NOT NULL,
    school_id uuid NOT NULL,
    measurement_id uuid NOT NULL DEFAULT uuidv7(),
    circuit_id uuid NOT NULL,
    measured_at timestamptz NOT NULL,
    down_kbps integer NOT NULL,
    up_kbps integer NOT NULL,
    latency_ms integer,
    method text NOT NULL,
    recorded_by text NOT NULL DEFAULT scope_principal(),
    recorded_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT circuit_measurement_pkey PRIMARY KEY (la_code, school_id, measurement_id),
    CONSTRAINT circuit_measurement_circuit_fkey
    FOREIGN KEY (la_code, school_id, circuit_id)
    REFERENCES circuit (la_code, school_id, circuit_id) ON UPDATE CASCADE,
    CONSTRAINT circuit_measurement_once UNIQUE (
        la_code, school_id, circuit_id, measured_at
    ),
    CONSTRAINT circuit_measurement_speeds_check CHECK (down_kbps >= 0 AND up_kbps >= 0),
    CONSTRAINT circuit_measurement_latency_check CHECK (latency_ms >= 0),
    CONSTRAINT circuit_measurement_method_check CHECK (
        method IN ('probe', 'speed-test', 'provider')
    )
);

CREATE INDEX circuit_measurement_by_id ON circuit_measurement (measurement_id);
CREATE INDEX circuit_measurement_of_circuit
ON circuit_measurement (circuit_id, measured_at DESC, measurement_id DESC);

-- That the main line was taken away on a day, and whether the back-up line took over.
CREATE TABLE failover_test (
    la_code text NOT NULL,
    school_id uuid NOT NULL,
    test_id uuid NOT NULL DEFAULT uuidv7(),
    circuit_id uuid NOT NULL,
    tested_on date NOT NULL,
    outcome text NOT NULL,
    switch_seconds integer,
    note text,
    recorded_by text NOT NULL DEFAULT scope_principal(),
    recorded_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT failover_test_pkey PRIMARY KEY (la_code, school_id, test_id),
    CONSTRAINT failover_test_circuit_fkey FOREIGN KEY (la_code, school_id, circuit_id)
    REFERENCES circuit (la_code, school_id, circuit_id) ON UPDATE CASCADE,
    CONSTRAINT failover_test_outcome_check CHECK (outcome IN ('passed', 'failed')),
    CONSTRAINT failover_test_switch_check CHECK (switch_seconds >= 0)
);

CREATE INDEX failover_test_by_id ON failover_test (test_id);
CREATE INDEX failover_test_of_circuit
ON failover_test (circuit_id, tested_on DESC, test_id DESC);

CALL secure_tenant_table('circuit');
CALL secure_tenant_table('circuit_measurement');
CALL secure_tenant_table('failover_test');

-- A circuit as its readers are told of it. With the reader's rights: the scope binds each
-- table below. Of what was measured in the last 28 days, at most the latest hundred, the
-- one in the middle counts: a single measurement says as much of what else the school did
-- at that moment.
CREATE VIEW circuit_told WITH (security_invoker = true) AS
SELECT
    c.circuit_id,
    c.la_code,
    c.school_id,
    s.urn AS school_urn,
    s.name AS school_name,
    c.reference,
    c.role,
    c.backs,
    main.reference AS backs_reference,
    c.provider,
    c.technology,
    c.down_kbps,
    c.up_kbps,
    c.is_contended,
    c.starts_on,
    c.ends_on,
    c.notice_on,
    c.monthly_pence,
    c.cfr_code,
    c.note,
    c.state,
    c.live_on,
    c.ceased_on,
    c.version,
    c.added_at,
    c.changed_at,
    coalesce(lately.measurements, 0) AS measurements,
    lately.measured_at,
    lately.measured_down_kbps,
    lately.measured_up_kbps,
    tested.tested_on,
    tested.outcome AS test_outcome,
    p.supplier_id,
    p.desk_phone,
    p.desk_email,
    p.account_number
FROM circuit AS c
INNER JOIN school AS s ON c.school_id = s.school_id
LEFT JOIN circuit AS main ON c.backs = main.circuit_id
LEFT JOIN supplier AS p ON c.la_code = p.la_code AND lower(c.provider) = lower(p.name)
LEFT JOIN LATERAL (
    SELECT
        count(*)::integer AS measurements,
        max(m.measured_at) AS measured_at,
        percentile_disc(0.5) WITHIN GROUP (ORDER BY m.down_kbps) AS measured_down_kbps,
        percentile_disc(0.5) WITHIN GROUP (ORDER BY m.up_kbps) AS measured_up_kbps
    FROM (
        SELECT
            each.measured_at,
            each.down_kbps,
            each.up_kbps
        FROM circuit_measurement AS each
        WHERE
            each.circuit_id = c.circuit_id
            AND each.measured_at > now() - interval '28 days'
        ORDER BY each.measured_at DESC
        LIMIT 100
    ) AS m
) AS lately ON true
LEFT JOIN LATERAL (
    SELECT
        t.tested_on,
        t.outcome
    FROM failover_test AS t
    WHERE t.circuit_id = c.circuit_id
    ORDER BY t.tested_on DESC, t.test_id DESC
    LIMIT 1
) AS tested ON true;

-- A supplier beside the lines of the reader's schools that name it.
CREATE VIEW supplier_told WITH (security_invoker = true) AS
SELECT
    p.supplier_id,
    p.la_code,
    p.name,
    p.desk_phone,
    p.desk_email,
    p.website,
    p.account_number,
    p.contract_reference,
    p.starts_on,
    p.ends_on,
    p.notice_on,
    p.version,
    p.added_at,
    p.changed_at,
    named.circuits,
    named.monthly_pence
FROM supplier AS p
CROSS JOIN LATERAL (
    SELECT
        count(*)::integer AS circuits,
        coalesce(sum(c.monthly_pence), 0)::bigint AS monthly_pence
    FROM circuit AS c
    WHERE
        c.la_code = p.la_code
        AND lower(c.provider) = lower(p.name)
        AND c.state <> 'ceased'
) AS named;

GRANT SELECT ON circuit_told, supplier_told TO joinedup_app;
GRANT SELECT, INSERT, UPDATE (
    name, desk_phone, desk_email, website, account_number, contract_reference,
    starts_on, ends_on, notice_on, version, changed_at
) ON supplier TO joinedup_app;
GRANT SELECT, INSERT, UPDATE (
    reference, role, backs, provider, technology, down_kbps, up_kbps, is_contended,
    starts_on, ends_on, notice_on, monthly_pence, cfr_code, note, state, live_on,
    ceased_on, version, changed_at
) ON circuit TO joinedup_app;
GRANT SELECT, INSERT ON circuit_measurement TO joinedup_app;
GRANT SELECT, INSERT, UPDATE (note) ON failover_test TO joinedup_app;
-- The worker says them again.
GRANT SELECT ON circuit, circuit_told, circuit_measurement, failover_test, supplier
TO joinedup_worker;
