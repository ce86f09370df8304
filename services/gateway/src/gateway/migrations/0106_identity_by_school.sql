-- A school's URNs are found by the school: by its words, as it moves, for its page.
-- depends: 0104_school_import

SET lock_timeout = '2s';

-- Without it each school of an import reads the URNs of all of England.
CREATE INDEX school_identity_by_school ON school_identity (school_id);
