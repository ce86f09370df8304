-- An administrator sees for a while what somebody else would see: as whom, in whose LAs'
-- records that stands, and until when. It is the session's, and ends with it.
-- depends: 0160_words_by_lookup 0011_viewing

SET lock_timeout = '2s';

ALTER TABLE session
ADD COLUMN viewing_as uuid,
ADD COLUMN viewing_las text [],
ADD COLUMN viewing_until timestamptz;

-- The sessions of a day or so: looked through at once.
-- squawk-ignore constraint-missing-not-valid
ALTER TABLE session ADD CONSTRAINT session_viewing_check CHECK (
    num_nulls(viewing_as, viewing_las, viewing_until) IN (0, 3)
);

GRANT UPDATE (viewing_as, viewing_las, viewing_until) ON session TO joinedup_app;

-- Which notices somebody put away shows in the notices alone, and these are of the scope.
ALTER POLICY notice_put_away_own ON notice_put_away
USING (principal = (SELECT scope_owner()));
