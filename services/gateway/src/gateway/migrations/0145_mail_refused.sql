-- What a mail server said of somebody's address is seen by whoever sees the person; what
-- they were written is not.
-- depends: 0140_api_clients

SET lock_timeout = '2s';

CREATE POLICY mail_message_of_seen ON mail_message FOR SELECT
USING (
    EXISTS (SELECT FROM person AS p WHERE p.person_id = mail_message.person_id)
);
GRANT SELECT (message_id, person_id, address, state, reply, ended_at)
ON mail_message TO joinedup_app;
