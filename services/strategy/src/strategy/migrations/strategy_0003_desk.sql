-- The desk: tickets as the service desk says them, and each school's count of open ones.
-- depends: strategy_0001_schools

SET lock_timeout = '2s';

CREATE TABLE ticket (
    la_code text NOT NULL,
    school_id uuid NOT NULL,
    ticket_id uuid NOT NULL,
    kind text NOT NULL,
    status text NOT NULL,
    priority integer NOT NULL,
    asset_id uuid,
    opened_at timestamptz NOT NULL,
    resolved_at timestamptz,
    version integer NOT NULL,
    is_open boolean NOT NULL,
    CONSTRAINT ticket_pkey PRIMARY KEY (la_code, ticket_id),
    CONSTRAINT ticket_version_check CHECK (version > 0)
);

CREATE INDEX ticket_by_school ON ticket (la_code, school_id);

CALL secure_tenant_table('ticket');

GRANT SELECT, INSERT, UPDATE ON ticket TO joinedup_worker;

-- Kept by differences; see device_count.
CREATE TABLE open_ticket_count (
    la_code text NOT NULL,
    school_id uuid NOT NULL,
    open_tickets integer NOT NULL,
    CONSTRAINT open_ticket_count_pkey PRIMARY KEY (la_code, school_id)
);

CALL secure_tenant_table('open_ticket_count');

GRANT SELECT ON open_ticket_count TO joinedup_app;
GRANT SELECT, INSERT, UPDATE ON open_ticket_count TO joinedup_worker;
