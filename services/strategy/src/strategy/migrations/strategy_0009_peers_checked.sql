-- The rows that were there before fit the new rules.
-- depends: strategy_0008_peers

SET lock_timeout = '2s';

ALTER TABLE distribution VALIDATE CONSTRAINT distribution_measure_check;
ALTER TABLE distribution VALIDATE CONSTRAINT distribution_steps_check;
