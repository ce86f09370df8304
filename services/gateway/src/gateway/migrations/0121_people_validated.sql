-- Every person and role stands where its school does: those of before, too.
-- depends: 0120_people

SET lock_timeout = '2s';

ALTER TABLE person VALIDATE CONSTRAINT person_home_check;
ALTER TABLE person VALIDATE CONSTRAINT person_home_la_fkey;
ALTER TABLE person VALIDATE CONSTRAINT person_home_school_fkey;
ALTER TABLE assignment VALIDATE CONSTRAINT assignment_person_fkey;
ALTER TABLE assignment VALIDATE CONSTRAINT assignment_giver_fkey;
ALTER TABLE assignment VALIDATE CONSTRAINT assignment_deputises_fkey;
ALTER TABLE assignment VALIDATE CONSTRAINT assignment_place_fkey;
