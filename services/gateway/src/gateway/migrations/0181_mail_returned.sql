-- What mail servers say afterwards of a message that they had taken, and whose address
-- therefore gets nothing more till it is changed or somebody says "try again".
-- depends: 0180_second_steps

SET lock_timeout = '2s';

ALTER TABLE mail_message
ADD COLUMN returned_at timestamptz,
ADD COLUMN returned_status text;

-- A month's post: looked through at once. What is kept has one of the states before.
-- squawk-ignore ban-drop-constraint
ALTER TABLE mail_message DROP CONSTRAINT mail_message_state_check;
-- squawk-ignore constraint-missing-not-valid
ALTER TABLE mail_message ADD CONSTRAINT mail_message_state_check CHECK (
    state IN ('queued', 'sent', 'refused', 'given-up', 'bounced')
);

-- The address that failed is kept with it: another one of the same person is not held.
CREATE TABLE mail_hold (
    person_id uuid NOT NULL,
    address text NOT NULL,
    status text NOT NULL,
    reply text NOT NULL,
    since_at timestamptz NOT NULL,
    lifted_at timestamptz,
    CONSTRAINT mail_hold_pkey PRIMARY KEY (person_id),
    CONSTRAINT mail_hold_person_fkey FOREIGN KEY (person_id)
    REFERENCES person (person_id) ON DELETE CASCADE,
    CONSTRAINT mail_hold_reply_check CHECK (char_length(reply) <= 300)
);

ALTER TABLE mail_hold ENABLE ROW LEVEL SECURITY;
ALTER TABLE mail_hold FORCE ROW LEVEL SECURITY;
CREATE POLICY mail_hold_worker ON mail_hold
USING ((SELECT scope_principal()) = 'service:gateway')
WITH CHECK ((SELECT scope_principal()) = 'service:gateway');
-- It is seen by whoever sees the person; who keeps their address may lift it, which the
-- use case judges.
CREATE POLICY mail_hold_of_seen ON mail_hold FOR SELECT
USING (
    (SELECT scope_principal()) IS NOT NULL
    AND EXISTS (SELECT FROM person WHERE person.person_id = mail_hold.person_id)
);
CREATE POLICY mail_hold_lifted ON mail_hold FOR UPDATE
USING (
    (SELECT scope_principal()) IS NOT NULL
    AND EXISTS (SELECT FROM person WHERE person.person_id = mail_hold.person_id)
)
WITH CHECK (
    (SELECT scope_principal()) IS NOT NULL
    AND EXISTS (SELECT FROM person WHERE person.person_id = mail_hold.person_id)
);

GRANT SELECT, INSERT, UPDATE ON mail_hold TO joinedup_worker;
GRANT SELECT, UPDATE (lifted_at) ON mail_hold TO joinedup_app;
GRANT UPDATE (returned_at, returned_status, address) ON mail_message TO joinedup_worker;
