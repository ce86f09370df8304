-- What people think of how a ticket went: who asked for it, and who worked on it.
-- depends: servicedesk_0032_timelog

SET lock_timeout = '2s';

-- One row for each person and view: who both asked and worked may say both.
CREATE TABLE ticket_feedback (
    la_code text NOT NULL,
    school_id uuid NOT NULL,
    ticket_id uuid NOT NULL,
    -- The ticket's, held to it by the key: it says whose own the row is.
    requester_id text NOT NULL,
    view text NOT NULL,
    person_id text NOT NULL DEFAULT scope_principal(),
    score text,
    obstacles text [] NOT NULL,
    comment text NOT NULL,
    said_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT ticket_feedback_pkey
    PRIMARY KEY (la_code, school_id, ticket_id, view, person_id),
    CONSTRAINT ticket_feedback_ticket_fkey
    FOREIGN KEY (la_code, school_id, ticket_id, requester_id)
    REFERENCES ticket (la_code, school_id, ticket_id, requester_id) ON UPDATE CASCADE,
    CONSTRAINT ticket_feedback_view_check CHECK (view IN ('requester', 'worker')),
    CONSTRAINT ticket_feedback_score_check CHECK (
        (view = 'requester') = (score IS NOT NULL)
        AND (score IS NULL OR score IN ('good', 'fair', 'poor'))
    ),
    CONSTRAINT ticket_feedback_requester_check CHECK (
        view = 'worker' OR person_id = requester_id
    ),
    CONSTRAINT ticket_feedback_obstacles_check CHECK (
        view = 'worker' OR obstacles = '{}'
    )
);
CREATE INDEX ticket_feedback_by_ticket ON ticket_feedback (ticket_id);
CREATE INDEX ticket_feedback_of_la ON ticket_feedback (la_code, said_at, ticket_id);
CREATE INDEX ticket_feedback_of_school ON ticket_feedback (school_id, said_at, ticket_id);

-- Who asked reads and changes what they said, and nobody else's: a colleague's view of
-- what stood in the way is for the team.
CALL secure_tenant_table(
    'ticket_feedback',
    'person_id = (SELECT scope_owner())'
    ' AND requester_id = (SELECT scope_owner())'
    ' AND school_id = ANY ((SELECT scope_own_schools())::uuid [])'
);
CREATE POLICY ticket_feedback_own_insert ON ticket_feedback FOR INSERT
WITH CHECK (
    requester_id = (SELECT scope_principal())
    AND school_id = ANY((SELECT scope_own_schools())::uuid [])
);
CREATE POLICY ticket_feedback_own_update ON ticket_feedback FOR UPDATE
USING (
    requester_id = (SELECT scope_principal())
    AND school_id = ANY((SELECT scope_own_schools())::uuid [])
)
WITH CHECK (
    requester_id = (SELECT scope_principal())
    AND school_id = ANY((SELECT scope_own_schools())::uuid [])
);
-- Nobody says what others think; a service in its own name lets go of it.
CREATE POLICY ticket_feedback_signed ON ticket_feedback AS RESTRICTIVE FOR INSERT
WITH CHECK (person_id = (SELECT scope_principal()));
CREATE POLICY ticket_feedback_kept ON ticket_feedback AS RESTRICTIVE FOR UPDATE
USING (
    person_id = (SELECT scope_principal())
    OR (SELECT scope_principal()) LIKE 'service:%'
)
WITH CHECK (
    person_id = (SELECT scope_principal())
    OR (SELECT scope_principal()) LIKE 'service:%'
);

GRANT SELECT, INSERT, UPDATE (score, obstacles, comment, said_at)
ON ticket_feedback TO joinedup_app;
