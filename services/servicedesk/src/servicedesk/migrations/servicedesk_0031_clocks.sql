-- Whose turn a ticket is, what it waits for, and what each party promised for it.
-- depends: servicedesk_0020_calendars

SET lock_timeout = '2s';

-- squawk-ignore-file adding-not-nullable-field, constraint-missing-not-valid
-- squawk-ignore-file require-concurrent-index-creation
ALTER TABLE ticket
ADD COLUMN party text NOT NULL DEFAULT 'la',
ADD COLUMN agreement_id uuid,
ADD COLUMN waits_for text,
-- What is due next by what its party promised; null: nothing is, or no terms are written.
ADD COLUMN due_at timestamptz,
ADD COLUMN due_for text;

-- What waited before anybody said what for waits for whoever asked.
ALTER TABLE ticket NO FORCE ROW LEVEL SECURITY;
UPDATE ticket SET waits_for = 'requester' WHERE status = 'waiting';

ALTER TABLE ticket
ADD CONSTRAINT ticket_party_check CHECK (party IN ('school', 'la', 'supplier')),
ADD CONSTRAINT ticket_agreement_check CHECK ((party = 'supplier') = (agreement_id IS NOT NULL)),
ADD CONSTRAINT ticket_waits_for_check CHECK (
    (status = 'waiting') = (waits_for IS NOT NULL)
    AND (waits_for IS NULL OR waits_for IN ('requester', 'parts', 'access', 'change'))
),
ADD CONSTRAINT ticket_due_check CHECK (
    (due_at IS NULL) = (due_for IS NULL)
    AND (due_for IS NULL OR due_for IN ('response', 'update', 'fix'))
);

-- What nothing is due of comes after all else.
CREATE INDEX ticket_of_la_by_due
ON ticket (la_code, coalesce(due_at, 'infinity'), ticket_id);
CREATE INDEX ticket_by_due
ON ticket (school_id, coalesce(due_at, 'infinity'), ticket_id);

-- What is worked out anew where a calendar changes: an LA's tickets under way.
CREATE INDEX ticket_under_way ON ticket (la_code, ticket_id)
WHERE status IN ('open', 'in-progress');

-- Each stretch in which a ticket was with one party and ran, or waited for one thing.
-- `worked_seconds` is the school's own time within it, by the calendar that governed then:
-- known once it is over, where terms were written.
CREATE TABLE ticket_turn (
    la_code text NOT NULL,
    school_id uuid NOT NULL,
    ticket_id uuid NOT NULL,
    requester_id text NOT NULL,
    number integer NOT NULL,
    party text NOT NULL,
    agreement_id uuid,
    waits_for text,
    reason text NOT NULL,
    actor_id text NOT NULL DEFAULT scope_principal(),
    began_at timestamptz NOT NULL,
    ended_at timestamptz,
    worked_seconds integer,
    CONSTRAINT ticket_turn_pkey PRIMARY KEY (la_code, school_id, ticket_id, number),
    CONSTRAINT ticket_turn_ticket_fkey
    FOREIGN KEY (la_code, school_id, ticket_id, requester_id)
    REFERENCES ticket (la_code, school_id, ticket_id, requester_id) ON UPDATE CASCADE,
    CONSTRAINT ticket_turn_party_check CHECK (party IN ('school', 'la', 'supplier')),
    CONSTRAINT ticket_turn_agreement_check CHECK (
        (party = 'supplier') = (agreement_id IS NOT NULL)
    ),
    CONSTRAINT ticket_turn_ended_check CHECK (ended_at >= began_at),
    CONSTRAINT ticket_turn_worked_check CHECK (
        worked_seconds IS NULL OR (worked_seconds >= 0 AND ended_at IS NOT NULL)
    )
);
CREATE UNIQUE INDEX ticket_turn_present ON ticket_turn (la_code, school_id, ticket_id)
WHERE ended_at IS NULL;
CREATE INDEX ticket_turn_by_ticket ON ticket_turn (ticket_id, number);

-- What a party promised for a ticket when it came into its hands, in seconds of school
-- time, and how it was kept.
CREATE TABLE ticket_promise (
    la_code text NOT NULL,
    school_id uuid NOT NULL,
    ticket_id uuid NOT NULL,
    requester_id text NOT NULL,
    party text NOT NULL,
    -- The agreement with a supplier; null: the party's own.
    agreement_id uuid,
    priority smallint NOT NULL,
    response integer,
    update integer,
    fix integer,
    responded_at timestamptz,
    responded_in integer,
    told_at timestamptz,
    fixed_in integer,
    CONSTRAINT ticket_promise_unique
    UNIQUE NULLS NOT DISTINCT (la_code, school_id, ticket_id, party, agreement_id),
    CONSTRAINT ticket_promise_ticket_fkey
    FOREIGN KEY (la_code, school_id, ticket_id, requester_id)
    REFERENCES ticket (la_code, school_id, ticket_id, requester_id) ON UPDATE CASCADE,
    CONSTRAINT ticket_promise_party_check CHECK (party IN ('school', 'la', 'supplier'))
);
CREATE INDEX ticket_promise_by_ticket ON ticket_promise (ticket_id);

-- What is under way begins its first turn where it began.
INSERT INTO ticket_turn (
    la_code, school_id, ticket_id, requester_id, number, party, waits_for, reason, actor_id,
    began_at, ended_at
)
SELECT
    la_code,
    school_id,
    ticket_id,
    requester_id,
    1 AS number,
    party,
    waits_for,
    '' AS reason,
    requester_id AS actor_id,
    opened_at,
    CASE
        WHEN status IN ('resolved', 'closed')
            THEN greatest(opened_at, coalesce(resolved_at, changed_at))
    END AS ended_at
FROM ticket;
ALTER TABLE ticket FORCE ROW LEVEL SECURITY;

-- As with the ticket itself: who works on it, and who requested it.
CALL secure_tenant_table(
    'ticket_turn',
    'requester_id = (SELECT scope_owner())'
    ' AND school_id = ANY ((SELECT scope_own_schools())::uuid [])'
);
CREATE POLICY ticket_turn_own_insert ON ticket_turn FOR INSERT
WITH CHECK (
    requester_id = (SELECT scope_principal())
    AND school_id = ANY((SELECT scope_own_schools())::uuid [])
);
CREATE POLICY ticket_turn_own_update ON ticket_turn FOR UPDATE
USING (
    requester_id = (SELECT scope_principal())
    AND school_id = ANY((SELECT scope_own_schools())::uuid [])
)
WITH CHECK (
    requester_id = (SELECT scope_principal())
    AND school_id = ANY((SELECT scope_own_schools())::uuid [])
);
-- Whoever begins a turn signs it.
CREATE POLICY ticket_turn_signed ON ticket_turn AS RESTRICTIVE FOR INSERT
WITH CHECK (actor_id = (SELECT scope_principal()));

CALL secure_tenant_table(
    'ticket_promise',
    'requester_id = (SELECT scope_owner())'
    ' AND school_id = ANY ((SELECT scope_own_schools())::uuid [])'
);
CREATE POLICY ticket_promise_own_insert ON ticket_promise FOR INSERT
WITH CHECK (
    requester_id = (SELECT scope_principal())
    AND school_id = ANY((SELECT scope_own_schools())::uuid [])
);
CREATE POLICY ticket_promise_own_update ON ticket_promise FOR UPDATE
USING (
    requester_id = (SELECT scope_principal())
    AND school_id = ANY((SELECT scope_own_schools())::uuid [])
)
WITH CHECK (
    requester_id = (SELECT scope_principal())
    AND school_id = ANY((SELECT scope_own_schools())::uuid [])
);

-- Whoever opens a ticket is told by when: the clock reads the calendar in their name.
CREATE POLICY school_calendar_own ON school_calendar FOR SELECT
USING (school_id = ANY((SELECT scope_own_schools())::uuid []));
CREATE POLICY authority_calendar_own ON authority_calendar FOR SELECT
USING (
    EXISTS (
        SELECT FROM school AS s
        WHERE
            s.la_code = authority_calendar.la_code
            AND s.school_id = ANY((SELECT scope_own_schools())::uuid [])
    )
);

GRANT UPDATE (party, agreement_id, waits_for, due_at, due_for) ON ticket TO joinedup_app;
GRANT SELECT, INSERT, UPDATE (ended_at, worked_seconds, reason)
ON ticket_turn TO joinedup_app;
GRANT SELECT, INSERT, UPDATE (
    priority, response, update, fix, responded_at, responded_in, told_at, fixed_in
) ON ticket_promise TO joinedup_app;
GRANT SELECT ON ticket_turn, ticket_promise, school_calendar, authority_calendar
TO joinedup_worker;
GRANT UPDATE (due_at, due_for) ON ticket TO joinedup_worker;
