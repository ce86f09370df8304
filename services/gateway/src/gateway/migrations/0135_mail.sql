-- What people are told by e-mail: what happened, what is due to whom, what became of it.
-- depends: 0121_people_validated

SET lock_timeout = '2s';

-- How somebody wants to be told of a kind of thing; without a row, at once.
CREATE TABLE mail_choice (
    person_id uuid NOT NULL,
    kind text NOT NULL,
    frequency text NOT NULL,
    changed_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT mail_choice_pkey PRIMARY KEY (person_id, kind),
    CONSTRAINT mail_choice_person_fkey FOREIGN KEY (person_id)
    REFERENCES person (person_id) ON DELETE CASCADE,
    CONSTRAINT mail_choice_kind_check CHECK (kind IN ('ticket-resolved')),
    CONSTRAINT mail_choice_frequency_check CHECK (frequency IN ('at-once', 'daily', 'never'))
);

-- One message to one person. The address is the one it was written to.
CREATE TABLE mail_message (
    message_id uuid NOT NULL DEFAULT uuidv7(),
    person_id uuid NOT NULL,
    kind text NOT NULL,
    address text NOT NULL,
    subject text NOT NULL,
    body_text text NOT NULL,
    body_html text NOT NULL,
    state text NOT NULL DEFAULT 'queued',
    attempts integer NOT NULL DEFAULT 0,
    next_attempt_at timestamptz NOT NULL DEFAULT now(),
    reply text,
    created_at timestamptz NOT NULL DEFAULT now(),
    ended_at timestamptz,
    CONSTRAINT mail_message_pkey PRIMARY KEY (message_id),
    CONSTRAINT mail_message_person_fkey FOREIGN KEY (person_id)
    REFERENCES person (person_id) ON DELETE CASCADE,
    CONSTRAINT mail_message_state_check CHECK (
        state IN ('queued', 'sent', 'refused', 'given-up')
    )
);

CREATE INDEX mail_message_due ON mail_message (next_attempt_at) WHERE state = 'queued';
CREATE INDEX mail_message_person ON mail_message (person_id, message_id);
CREATE INDEX mail_message_ended ON mail_message (ended_at) WHERE ended_at IS NOT NULL;

-- One thing that somebody is to be told, until a message tells it. Of a ticket: no word
-- that was written, only where it stands.
CREATE TABLE mail_item (
    item_id uuid NOT NULL DEFAULT uuidv7(),
    person_id uuid NOT NULL,
    kind text NOT NULL,
    la_code text NOT NULL,
    school_id uuid NOT NULL,
    thing_id uuid NOT NULL,
    number integer NOT NULL,
    happened_at timestamptz NOT NULL,
    due_at timestamptz NOT NULL,
    message_id uuid,
    CONSTRAINT mail_item_pkey PRIMARY KEY (item_id),
    CONSTRAINT mail_item_person_fkey FOREIGN KEY (person_id)
    REFERENCES person (person_id) ON DELETE CASCADE,
    CONSTRAINT mail_item_message_fkey FOREIGN KEY (message_id)
    REFERENCES mail_message (message_id) ON DELETE CASCADE,
    CONSTRAINT mail_item_school_fkey FOREIGN KEY (la_code, school_id)
    REFERENCES school (la_code, school_id) ON UPDATE CASCADE
);

CREATE INDEX mail_item_due ON mail_item (due_at) WHERE message_id IS NULL;
CREATE INDEX mail_item_person ON mail_item (person_id);
CREATE INDEX mail_item_message ON mail_item (message_id);
CREATE INDEX mail_item_school ON mail_item (la_code, school_id);

-- Whoever asks where they are signed in is answered from their own sessions alone.
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX session_principal ON session (principal);

-- Post is a person's own, whatever role anybody holds; the worker writes and sends it.
ALTER TABLE mail_choice ENABLE ROW LEVEL SECURITY;
ALTER TABLE mail_choice FORCE ROW LEVEL SECURITY;
CREATE POLICY mail_choice_own ON mail_choice
USING (
    person_id::text = (SELECT scope_principal())
    OR (SELECT scope_principal()) = 'service:gateway'
)
WITH CHECK (
    person_id::text = (SELECT scope_principal())
    OR (SELECT scope_principal()) = 'service:gateway'
);
ALTER TABLE mail_message ENABLE ROW LEVEL SECURITY;
ALTER TABLE mail_message FORCE ROW LEVEL SECURITY;
CREATE POLICY mail_message_worker ON mail_message
USING ((SELECT scope_principal()) = 'service:gateway')
WITH CHECK ((SELECT scope_principal()) = 'service:gateway');
ALTER TABLE mail_item ENABLE ROW LEVEL SECURITY;
ALTER TABLE mail_item FORCE ROW LEVEL SECURITY;
CREATE POLICY mail_item_worker ON mail_item
USING ((SELECT scope_principal()) = 'service:gateway')
WITH CHECK ((SELECT scope_principal()) = 'service:gateway');

GRANT SELECT, INSERT, UPDATE (frequency, changed_at) ON mail_choice TO joinedup_app;
GRANT SELECT ON mail_choice TO joinedup_worker;
GRANT SELECT, INSERT, DELETE, UPDATE (
    state, attempts, next_attempt_at, reply, ended_at
) ON mail_message TO joinedup_worker;
GRANT SELECT, INSERT, UPDATE (message_id) ON mail_item TO joinedup_worker;
