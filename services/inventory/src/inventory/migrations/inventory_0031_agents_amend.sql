-- What an agent wrote into its asset, by field: that much of it is the agent's to renew.
-- depends: inventory_0030_devices_told

SET lock_timeout = '2s';

ALTER TABLE agent_device ADD COLUMN written jsonb NOT NULL DEFAULT '{}';
