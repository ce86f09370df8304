-- What people wrote is let go of when its time is over, or when they ask for it.
-- depends: servicedesk_0008_imports

SET lock_timeout = '2s';

-- Comments and history are added and never rewritten: but for a service in its own name.
CREATE POLICY ticket_comment_erased ON ticket_comment AS RESTRICTIVE FOR UPDATE
USING ((SELECT scope_principal()) LIKE 'service:%')
WITH CHECK ((SELECT scope_principal()) LIKE 'service:%');
CREATE POLICY ticket_history_erased ON ticket_history AS RESTRICTIVE FOR UPDATE
USING ((SELECT scope_principal()) LIKE 'service:%')
WITH CHECK ((SELECT scope_principal()) LIKE 'service:%');

GRANT UPDATE (body) ON ticket_comment TO joinedup_app;
GRANT UPDATE (changes) ON ticket_history TO joinedup_app;
