-- By month, what measures over time need: devices by when they were bought, tickets by
-- when they were opened and resolved.
-- depends: strategy_0006_departures

SET lock_timeout = '2s';

-- Kept by differences; see device_count. A device whose day of purchase was not told is
-- counted at -infinity, so that every row has a whole key.
CREATE TABLE device_month (
    la_code text NOT NULL,
    school_id uuid NOT NULL,
    bought_in date NOT NULL,
    devices integer NOT NULL,
    CONSTRAINT device_month_pkey PRIMARY KEY (la_code, school_id, bought_in)
);

CALL secure_tenant_table('device_month');

GRANT SELECT ON device_month TO joinedup_app;
GRANT SELECT, INSERT, UPDATE ON device_month TO joinedup_worker;

CREATE TABLE ticket_month (
    la_code text NOT NULL,
    school_id uuid NOT NULL,
    in_month date NOT NULL,
    opened integer NOT NULL,
    resolved integer NOT NULL,
    resolving_seconds bigint NOT NULL,
    CONSTRAINT ticket_month_pkey PRIMARY KEY (la_code, school_id, in_month)
);

CALL secure_tenant_table('ticket_month');

GRANT SELECT ON ticket_month TO joinedup_app;
GRANT SELECT, INSERT, UPDATE ON ticket_month TO joinedup_worker;

-- A school's own facts are read from its own rows.
GRANT SELECT ON asset, ticket TO joinedup_app;

-- What is known already is counted once. Row security binds the owner too, who has no
-- scope: it is lifted for these statements, within this transaction alone.
ALTER TABLE asset NO FORCE ROW LEVEL SECURITY;
ALTER TABLE ticket NO FORCE ROW LEVEL SECURITY;
ALTER TABLE device_month NO FORCE ROW LEVEL SECURITY;
ALTER TABLE ticket_month NO FORCE ROW LEVEL SECURITY;

INSERT INTO device_month (la_code, school_id, bought_in, devices)
SELECT
    la_code,
    school_id,
    coalesce(date_trunc('month', purchased_on)::date, '-infinity') AS bought_in,
    count(*) AS devices
FROM asset
WHERE is_device
GROUP BY la_code, school_id, bought_in;

INSERT INTO ticket_month (
    la_code, school_id, in_month, opened, resolved, resolving_seconds
)
SELECT
    counted.la_code,
    counted.school_id,
    counted.in_month,
    sum(counted.opened) AS opened,
    sum(counted.resolved) AS resolved,
    sum(counted.seconds) AS resolving_seconds
FROM (
    SELECT
        la_code,
        school_id,
        date_trunc('month', opened_at AT TIME ZONE 'Europe/London')::date AS in_month,
        1 AS opened,
        0 AS resolved,
        0 AS seconds
    FROM ticket
    WHERE status <> 'departed'
    UNION ALL
    SELECT
        la_code,
        school_id,
        date_trunc('month', resolved_at AT TIME ZONE 'Europe/London')::date AS in_month,
        0 AS opened,
        1 AS resolved,
        greatest(extract(EPOCH FROM resolved_at - opened_at), 0)::bigint AS seconds
    FROM ticket
    WHERE resolved_at IS NOT NULL AND status <> 'departed'
) AS counted
GROUP BY counted.la_code, counted.school_id, counted.in_month;

ALTER TABLE asset FORCE ROW LEVEL SECURITY;
ALTER TABLE ticket FORCE ROW LEVEL SECURITY;
ALTER TABLE device_month FORCE ROW LEVEL SECURITY;
ALTER TABLE ticket_month FORCE ROW LEVEL SECURITY;
