-- A school is compared with the schools of its phase, where these are enough.
-- depends: strategy_0007_measures

SET lock_timeout = '2s';

-- `peers` is a phase, or "all" for every school of the LA. `bounds` are the ends of the
-- steps that `counts` counts the schools in: one more than there are steps.
ALTER TABLE distribution
ADD COLUMN peers text NOT NULL DEFAULT 'all',
ADD COLUMN bounds double precision [],
ADD COLUMN counts integer [];

-- squawk-ignore ban-drop-constraint
ALTER TABLE distribution DROP CONSTRAINT distribution_pkey;
-- The table has a few rows for each LA.
-- squawk-ignore adding-serial-primary-key-field, constraint-missing-not-valid
ALTER TABLE distribution ADD CONSTRAINT distribution_pkey PRIMARY KEY (la_code, measure, peers);

-- squawk-ignore ban-drop-constraint
ALTER TABLE distribution DROP CONSTRAINT distribution_measure_check;
ALTER TABLE distribution ADD CONSTRAINT distribution_measure_check CHECK (
    measure IN (
        'pupils_per_device',
        'devices_past_five_years',
        'open_tickets_per_100_devices',
        'tickets_a_year_per_100_devices',
        'days_to_resolve'
    )
) NOT VALID;
-- No step is told that holds fewer than five schools.
ALTER TABLE distribution ADD CONSTRAINT distribution_steps_check CHECK (
    5 <= ALL(counts) AND num_nulls(bounds, counts) IN (0, 2)
) NOT VALID;

CREATE POLICY distribution_delete ON distribution FOR DELETE
USING (la_code = ANY((SELECT scope_write_las())::text[]));
GRANT DELETE ON distribution TO joinedup_worker;
