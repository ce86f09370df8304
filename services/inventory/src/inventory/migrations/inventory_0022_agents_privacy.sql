-- A name is taken out of what changed on devices; nothing else of it is rewritten.
-- depends: inventory_0021_agents

SET lock_timeout = '2s';

CREATE POLICY agent_change_erased ON agent_change AS RESTRICTIVE FOR UPDATE
USING ((SELECT scope_principal()) LIKE 'service:%')
WITH CHECK ((SELECT scope_principal()) LIKE 'service:%');

GRANT UPDATE (before, after) ON agent_change TO joinedup_app;
