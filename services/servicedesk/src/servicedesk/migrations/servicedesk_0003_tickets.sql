-- Tickets: what was reported or asked for at a school, by whom, and how it stands.
-- depends: servicedesk_0002_assets

SET lock_timeout = '2s';

-- The last number given out at a school. Its row is locked from the number to the
-- commit, so numbers follow each other without a gap.
CREATE TABLE ticket_counter (
    la_code text NOT NULL,
    school_id uuid NOT NULL,
    last_number integer NOT NULL,
    CONSTRAINT ticket_counter_pkey PRIMARY KEY (la_code, school_id)
);

CREATE TABLE ticket (
    la_code text NOT NULL,
    school_id uuid NOT NULL,
    ticket_id uuid NOT NULL DEFAULT uuidv7(),
    number integer NOT NULL,
    kind text NOT NULL,
    summary text NOT NULL,
    description text NOT NULL,
    impact text NOT NULL,
    urgency text NOT NULL,
    priority smallint NOT NULL,
    status text NOT NULL DEFAULT 'open',
    requester_id text NOT NULL,
    assignee_id text,
    -- No foreign key: the copy of assets follows the inventory at its own pace.
    asset_id uuid,
    version integer NOT NULL DEFAULT 1,
    opened_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    resolved_at timestamptz,
    changed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    search_text text NOT NULL
    GENERATED ALWAYS AS (lower(number::text || ' ' || summary || ' ' || description)) STORED,
    CONSTRAINT ticket_pkey PRIMARY KEY (la_code, school_id, ticket_id),
    CONSTRAINT ticket_number_unique UNIQUE (la_code, school_id, number),
    CONSTRAINT ticket_requester_unique UNIQUE (la_code, school_id, ticket_id, requester_id),
    CONSTRAINT ticket_kind_check CHECK (kind IN ('incident', 'request')),
    CONSTRAINT ticket_impact_check CHECK (impact IN ('low', 'medium', 'high')),
    CONSTRAINT ticket_urgency_check CHECK (urgency IN ('low', 'medium', 'high')),
    CONSTRAINT ticket_priority_check CHECK (priority BETWEEN 1 AND 4),
    CONSTRAINT ticket_status_check CHECK (
        status IN ('open', 'in-progress', 'waiting', 'resolved', 'closed')
    ),
    CONSTRAINT ticket_resolved_check CHECK (
        CASE status
            WHEN 'resolved' THEN resolved_at IS NOT NULL
            WHEN 'closed' THEN true
            ELSE resolved_at IS NULL
        END
    ),
    CONSTRAINT ticket_version_check CHECK (version > 0)
);

-- A page of one school, and a page of a whole LA, each in the order it is asked for.
CREATE INDEX ticket_of_la_by_opening ON ticket (la_code, opened_at DESC, ticket_id DESC);
CREATE INDEX ticket_of_la_by_priority ON ticket (la_code, priority, ticket_id);
CREATE INDEX ticket_of_la_by_change ON ticket (la_code, changed_at DESC, ticket_id DESC);
CREATE INDEX ticket_by_opening ON ticket (school_id, opened_at DESC, ticket_id DESC);
CREATE INDEX ticket_by_priority ON ticket (school_id, priority, ticket_id);
CREATE INDEX ticket_by_change ON ticket (school_id, changed_at DESC, ticket_id DESC);
CREATE INDEX ticket_by_asset ON ticket (asset_id) WHERE asset_id IS NOT NULL;
CREATE INDEX ticket_by_id ON ticket (ticket_id);

-- What happened to a ticket: one fact per version, added and never rewritten.
-- `requester_id` is the ticket's and says whose own the row is.
CREATE TABLE ticket_history (
    la_code text NOT NULL,
    school_id uuid NOT NULL,
    ticket_id uuid NOT NULL,
    requester_id text NOT NULL,
    version integer NOT NULL,
    fact text NOT NULL,
    actor_id text NOT NULL DEFAULT scope_principal(),
    changes jsonb NOT NULL,
    happened_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT ticket_history_pkey PRIMARY KEY (la_code, school_id, ticket_id, version),
    CONSTRAINT ticket_history_ticket_fkey
    FOREIGN KEY (la_code, school_id, ticket_id, requester_id)
    REFERENCES ticket (la_code, school_id, ticket_id, requester_id),
    CONSTRAINT ticket_history_fact_check CHECK (
        fact IN ('opened', 'changed', 'resolved', 'reopened', 'closed')
    )
);

CREATE INDEX ticket_history_by_ticket ON ticket_history (ticket_id, version);

-- Two scopes meet here. The read and write scopes are of those who work on a school's
-- tickets. The own scope is of everyone else who may report a fault there (leaders,
-- staff, learners): they read, open, close and reopen what they themselves requested,
-- and nothing else. So besides the tenant's policies each table has policies for "its
-- requester is the caller, at a school of the caller's own scope". Which columns a
-- requester may change is the use case's to judge; nobody changes whose a ticket is.
CALL secure_tenant_table(
    'ticket',
    'requester_id = (SELECT scope_principal())'
    ' AND school_id = ANY ((SELECT scope_own_schools())::uuid [])'
);
CREATE POLICY ticket_own_insert ON ticket FOR INSERT
WITH CHECK (
    requester_id = (SELECT scope_principal())
    AND school_id = ANY((SELECT scope_own_schools())::uuid [])
);
CREATE POLICY ticket_own_update ON ticket FOR UPDATE
USING (
    requester_id = (SELECT scope_principal())
    AND school_id = ANY((SELECT scope_own_schools())::uuid [])
)
WITH CHECK (
    requester_id = (SELECT scope_principal())
    AND school_id = ANY((SELECT scope_own_schools())::uuid [])
);

CALL secure_tenant_table(
    'ticket_history',
    'requester_id = (SELECT scope_principal())'
    ' AND school_id = ANY ((SELECT scope_own_schools())::uuid [])'
);
CREATE POLICY ticket_history_own_insert ON ticket_history FOR INSERT
WITH CHECK (
    requester_id = (SELECT scope_principal())
    AND school_id = ANY((SELECT scope_own_schools())::uuid [])
);
-- Whoever writes a fact signs it.
CREATE POLICY ticket_history_signed ON ticket_history AS RESTRICTIVE FOR INSERT
WITH CHECK (actor_id = (SELECT scope_principal()));

CALL secure_tenant_table(
    'ticket_counter', 'school_id = ANY ((SELECT scope_own_schools())::uuid [])'
);
CREATE POLICY ticket_counter_own_insert ON ticket_counter FOR INSERT
WITH CHECK (school_id = ANY((SELECT scope_own_schools())::uuid []));
CREATE POLICY ticket_counter_own_update ON ticket_counter FOR UPDATE
USING (school_id = ANY((SELECT scope_own_schools())::uuid []))
WITH CHECK (school_id = ANY((SELECT scope_own_schools())::uuid []));

-- What a requester does to a ticket is said as a fact like anything else.
CREATE POLICY outbox_own_insert ON outbox FOR INSERT
WITH CHECK (school_id = ANY((SELECT scope_own_schools())::uuid []));

GRANT SELECT, INSERT, UPDATE (last_number) ON ticket_counter TO joinedup_app;
GRANT SELECT, INSERT, UPDATE (
    kind, summary, description, impact, urgency, priority, status, assignee_id,
    asset_id, resolved_at, changed_at, version
) ON ticket TO joinedup_app;
GRANT SELECT, INSERT ON ticket_history TO joinedup_app;
GRANT SELECT ON ticket TO joinedup_worker;
