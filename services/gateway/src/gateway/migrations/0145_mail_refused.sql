-- What a mail server said of somebody's address is seen by whoever sees the person; what
-- they were written is not.
-- depends: 0140_api_clients

SET lock_timeout = '2s';

CREATE POLICY mail_message_of_seen ON mail_message FOR SELECT
USING (
    (SELECT scope_principal()) IS NOT NULL
    AND EXISTS (
        SELECT FROM person WHERE person.person_id = mail_message.person_id
    )
);
GRANT SELECT (message_id, person_id, address, state, reply, ended_at)
ON mail_message TO joinedup_app;

-- What somebody since wants to hear nothing of is forgotten.
GRANT DELETE ON mail_item TO joinedup_worker;
