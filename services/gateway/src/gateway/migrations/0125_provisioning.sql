-- Who was brought to the sign-on on which day, since roles begin and end with days.
-- depends: 0122_people_in_sets

SET lock_timeout = '2s';

ALTER TABLE person_provisioning ADD COLUMN done_on date;

-- Those who were never invited wait until somebody changes them: the owner reads past
-- row-level security within this transaction.
ALTER TABLE person NO FORCE ROW LEVEL SECURITY;
ALTER TABLE person_provisioning NO FORCE ROW LEVEL SECURITY;
UPDATE person_provisioning AS d SET next_attempt_at = 'infinity'
FROM person AS p
WHERE d.person_id = p.person_id AND p.invited_at IS NULL AND d.done_version = 0;
ALTER TABLE person FORCE ROW LEVEL SECURITY;
ALTER TABLE person_provisioning FORCE ROW LEVEL SECURITY;
