-- An LA says for how long files of kit that were sent are kept.
-- depends: 0195_week_of_kit

SET lock_timeout = '2s';

-- One row of an LA and kind: held for no longer than it takes to look at these.
-- squawk-ignore-file constraint-missing-not-valid, ban-drop-constraint

ALTER TABLE retention_rule
DROP CONSTRAINT retention_rule_kind_check,
ADD CONSTRAINT retention_rule_kind_check CHECK (
    kind IN ('people', 'tickets', 'record', 'imports')
);
