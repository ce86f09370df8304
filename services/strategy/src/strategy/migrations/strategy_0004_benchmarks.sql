-- What an LA's comparison says of the LA as a whole: no school's figure is in it.
-- depends: strategy_0002_estate strategy_0003_desk

SET lock_timeout = '2s';

-- These tables belong to an LA, not to a school. A school role's scope names schools
-- only: it reads the rows of an LA in which its scope holds a school, and nothing of
-- that school's neighbours is there to be read.

-- Freshness; its row is also the lock under which an LA's figures are made anew.
CREATE TABLE authority (
    la_code text NOT NULL,
    la_name text,
    as_of timestamptz NOT NULL,
    CONSTRAINT authority_pkey PRIMARY KEY (la_code)
);

-- Withheld under the minimum set: null, and `n` says of how many.
CREATE TABLE distribution (
    la_code text NOT NULL,
    measure text NOT NULL,
    n integer NOT NULL,
    median double precision,
    lower_quartile double precision,
    upper_quartile double precision,
    CONSTRAINT distribution_pkey PRIMARY KEY (la_code, measure),
    CONSTRAINT distribution_measure_check CHECK (
        measure IN ('pupils_per_device', 'open_tickets_per_100_devices')
    ),
    CONSTRAINT distribution_n_check CHECK (n >= 0)
);

-- Sums by phase, and over all phases; stored as they may be told, so that a group
-- which is withheld is not in the database for a reader of aggregates to find.
CREATE TABLE phase_total (
    la_code text NOT NULL,
    phase text NOT NULL,
    schools integer,
    pupils integer,
    devices integer,
    open_tickets integer,
    CONSTRAINT phase_total_pkey PRIMARY KEY (la_code, phase),
    CONSTRAINT phase_total_schools_check CHECK (schools >= 5),
    CONSTRAINT phase_total_withheld_check CHECK (
        num_nulls(schools, pupils, devices, open_tickets) IN (0, 4)
    )
);

ALTER TABLE authority ENABLE ROW LEVEL SECURITY;
ALTER TABLE authority FORCE ROW LEVEL SECURITY;
ALTER TABLE distribution ENABLE ROW LEVEL SECURITY;
ALTER TABLE distribution FORCE ROW LEVEL SECURITY;
ALTER TABLE phase_total ENABLE ROW LEVEL SECURITY;
ALTER TABLE phase_total FORCE ROW LEVEL SECURITY;

CREATE POLICY authority_read ON authority FOR SELECT USING (
    la_code = ANY((SELECT scope_read_las())::text[])
    OR la_code IN (SELECT school.la_code FROM school)
);
CREATE POLICY authority_insert ON authority FOR INSERT
WITH CHECK (la_code = ANY((SELECT scope_write_las())::text[]));
CREATE POLICY authority_update ON authority FOR UPDATE
USING (la_code = ANY((SELECT scope_write_las())::text[]))
WITH CHECK (la_code = ANY((SELECT scope_write_las())::text[]));

CREATE POLICY distribution_read ON distribution FOR SELECT USING (
    la_code = ANY((SELECT scope_read_las())::text[])
    OR la_code IN (SELECT school.la_code FROM school)
);
CREATE POLICY distribution_insert ON distribution FOR INSERT
WITH CHECK (la_code = ANY((SELECT scope_write_las())::text[]));
CREATE POLICY distribution_update ON distribution FOR UPDATE
USING (la_code = ANY((SELECT scope_write_las())::text[]))
WITH CHECK (la_code = ANY((SELECT scope_write_las())::text[]));

CREATE POLICY phase_total_read ON phase_total FOR SELECT
USING (la_code = ANY((SELECT scope_read_las())::text[]));
CREATE POLICY phase_total_insert ON phase_total FOR INSERT
WITH CHECK (la_code = ANY((SELECT scope_write_las())::text[]));
CREATE POLICY phase_total_update ON phase_total FOR UPDATE
USING (la_code = ANY((SELECT scope_write_las())::text[]))
WITH CHECK (la_code = ANY((SELECT scope_write_las())::text[]));
CREATE POLICY phase_total_delete ON phase_total FOR DELETE
USING (la_code = ANY((SELECT scope_write_las())::text[]));

GRANT SELECT ON authority, distribution, phase_total TO joinedup_app;
GRANT SELECT, INSERT, UPDATE ON authority, distribution TO joinedup_worker;
GRANT SELECT, INSERT, UPDATE, DELETE ON phase_total TO joinedup_worker;
