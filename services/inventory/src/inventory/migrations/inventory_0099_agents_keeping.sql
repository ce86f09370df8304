-- What changed on devices, and how often agents were refused, is kept for a while only.
-- depends: inventory_0098_duplicates

SET lock_timeout = '2s';

-- squawk-ignore require-concurrent-index-creation
CREATE INDEX agent_change_of_school_by_time ON agent_change (school_id, heard_at);

-- The service lets go of them in its own name; nobody else does.
CREATE POLICY agent_change_expired ON agent_change AS RESTRICTIVE FOR DELETE
USING ((SELECT scope_principal()) LIKE 'service:%');
CREATE POLICY agent_refusal_expired ON agent_refusal AS RESTRICTIVE FOR DELETE
USING ((SELECT scope_principal()) LIKE 'service:%');

GRANT DELETE ON agent_change, agent_refusal TO joinedup_app;
