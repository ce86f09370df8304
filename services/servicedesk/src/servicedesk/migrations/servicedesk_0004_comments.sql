-- Comments: what the parties of a ticket tell each other; added and never rewritten.
-- depends: servicedesk_0003_tickets

SET lock_timeout = '2s';

CREATE TABLE ticket_comment (
    la_code text NOT NULL,
    school_id uuid NOT NULL,
    ticket_id uuid NOT NULL,
    comment_id uuid NOT NULL DEFAULT uuidv7(),
    -- The ticket's, held to it by the key: it says whose own the row is.
    requester_id text NOT NULL,
    author_id text NOT NULL DEFAULT scope_principal(),
    body text NOT NULL,
    commented_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT ticket_comment_pkey PRIMARY KEY (la_code, school_id, ticket_id, comment_id),
    CONSTRAINT ticket_comment_ticket_fkey
    FOREIGN KEY (la_code, school_id, ticket_id, requester_id)
    REFERENCES ticket (la_code, school_id, ticket_id, requester_id)
);

CREATE INDEX ticket_comment_by_ticket ON ticket_comment (ticket_id, comment_id);

-- As with the ticket itself: who works on it and who requested it may read and add.
CALL secure_tenant_table(
    'ticket_comment',
    'requester_id = (SELECT scope_principal())'
    ' AND school_id = ANY ((SELECT scope_own_schools())::uuid [])'
);
CREATE POLICY ticket_comment_own_insert ON ticket_comment FOR INSERT
WITH CHECK (
    requester_id = (SELECT scope_principal())
    AND school_id = ANY((SELECT scope_own_schools())::uuid [])
);
CREATE POLICY ticket_comment_signed ON ticket_comment AS RESTRICTIVE FOR INSERT
WITH CHECK (author_id = (SELECT scope_principal()));

GRANT SELECT, INSERT ON ticket_comment TO joinedup_app;
