-- Services that schools take over the network: filtering, firewall, back-up and the like,
-- from their regional broadband consortium or from others.
-- depends: inventory_0180_wipes

SET lock_timeout = '2s';

CREATE TABLE network_service (
    la_code text NOT NULL,
    school_id uuid NOT NULL,
    service_id uuid NOT NULL DEFAULT uuidv7(),
    kind text NOT NULL,
    name text NOT NULL,
    provider text NOT NULL,
    reference text,
    starts_on date,
    ends_on date,
    notice_on date,
    monthly_pence bigint,
    cfr_code text NOT NULL,
    note text,
    live_on date,
    ceased_on date,
    version integer NOT NULL DEFAULT 1,
    added_at timestamptz NOT NULL DEFAULT now(),
    changed_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT network_service_pkey PRIMARY KEY (la_code, school_id, service_id),
    CONSTRAINT network_service_school_fkey FOREIGN KEY (la_code, school_id)
    REFERENCES school (la_code, school_id) ON UPDATE CASCADE,
    CONSTRAINT network_service_kind_check CHECK (
        kind IN (
            'filtering', 'monitoring', 'firewall', 'ddos-protection', 'back-up',
            'remote-access', 'sign-on', 'e-mail', 'telephony', 'video-conferencing',
            'learning-content', 'other'
        )
    ),
    CONSTRAINT network_service_contract_check CHECK (
        starts_on <= ends_on AND notice_on <= ends_on
    ),
    CONSTRAINT network_service_days_check CHECK (live_on <= ceased_on),
    CONSTRAINT network_service_price_check CHECK (monthly_pence >= 0),
    CONSTRAINT network_service_cfr_code_check CHECK (cfr_code ~ '^E20[A-G]$'),
    CONSTRAINT network_service_version_check CHECK (version > 0)
);

CREATE UNIQUE INDEX network_service_name_unique
ON network_service (la_code, school_id, lower(name));
CREATE INDEX network_service_by_id ON network_service (service_id);
CREATE INDEX network_service_of_school ON network_service (school_id);

CALL secure_tenant_table('network_service');

-- A service as its readers are told of it, with what their LA knows of its provider.
CREATE VIEW network_service_told WITH (security_invoker = true) AS
SELECT
    n.service_id,
    n.la_code,
    n.school_id,
    s.urn AS school_urn,
    s.name AS school_name,
    n.kind,
    n.name,
    n.provider,
    n.reference,
    n.starts_on,
    n.ends_on,
    n.notice_on,
    n.monthly_pence,
    n.cfr_code,
    n.note,
    n.live_on,
    n.ceased_on,
    n.version,
    n.added_at,
    n.changed_at,
    p.supplier_id,
    p.desk_phone,
    p.desk_email,
    p.account_number
FROM network_service AS n
INNER JOIN school AS s ON n.school_id = s.school_id
LEFT JOIN supplier AS p ON n.la_code = p.la_code AND lower(n.provider) = lower(p.name);

GRANT SELECT ON network_service_told TO joinedup_app, joinedup_worker;
GRANT SELECT, INSERT, UPDATE (
    kind, name, provider, reference, starts_on, ends_on, notice_on, monthly_pence,
    cfr_code, note, live_on, ceased_on, version, changed_at
) ON network_service TO joinedup_app;
-- The worker says them again.
GRANT SELECT ON network_service TO joinedup_worker;
