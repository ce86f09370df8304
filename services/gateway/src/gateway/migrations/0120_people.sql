-- People are invited, are kept by a school or an LA, and their roles end at a moment.
-- depends: 0115_views

SET lock_timeout = '2s';

-- What is tied to a school goes with it to another LA.
-- squawk-ignore require-concurrent-index-deletion
DROP INDEX school_tenant;
-- squawk-ignore require-concurrent-index-creation
CREATE UNIQUE INDEX school_tenant ON school (la_code, school_id);

-- Somebody who was invited has no subject until they are known to the sign-on. The home
-- says who keeps their name and address: a school, an LA, or the operator alone.
-- squawk-ignore ban-drop-not-null
ALTER TABLE person ALTER COLUMN subject DROP NOT NULL;
ALTER TABLE person
ADD COLUMN invited_at timestamptz,
ADD COLUMN joined_at timestamptz,
ADD COLUMN home_la_code text,
ADD COLUMN home_school_id uuid;
ALTER TABLE person
ADD CONSTRAINT person_home_check
CHECK (home_school_id IS NULL OR home_la_code IS NOT NULL) NOT VALID,
ADD CONSTRAINT person_home_la_fkey FOREIGN KEY (home_la_code)
REFERENCES local_authority (la_code) NOT VALID,
ADD CONSTRAINT person_home_school_fkey FOREIGN KEY (home_la_code, home_school_id)
REFERENCES school (la_code, school_id) ON UPDATE CASCADE NOT VALID;
-- Under row-level security an index serves a plain column, not lower() of one.
ALTER TABLE person
-- squawk-ignore adding-field-with-default
ADD COLUMN email_key text GENERATED ALWAYS AS (lower(email)) STORED;
-- squawk-ignore require-concurrent-index-creation
CREATE UNIQUE INDEX person_email_unique ON person (email_key);
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX person_home ON person (home_la_code, home_school_id);

-- A role ends at once where `ended_at` says so; `to_on` is its last day.
ALTER TABLE assignment
ADD COLUMN ended_at timestamptz,
ADD COLUMN version integer NOT NULL DEFAULT 1,
ADD COLUMN assigned_by uuid,
ADD COLUMN assigned_at timestamptz NOT NULL DEFAULT now(),
ADD COLUMN deputises_for uuid;
-- Whose it is, for the joins; None of a client. The table is rewritten for it, once.
ALTER TABLE assignment
-- squawk-ignore adding-field-with-default
ADD COLUMN person_id uuid GENERATED ALWAYS AS (
    CASE WHEN principal ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN principal::uuid END
) STORED;
ALTER TABLE assignment
ADD CONSTRAINT assignment_person_fkey FOREIGN KEY (person_id)
REFERENCES person (person_id) NOT VALID,
ADD CONSTRAINT assignment_giver_fkey FOREIGN KEY (assigned_by)
REFERENCES person (person_id) NOT VALID,
ADD CONSTRAINT assignment_deputises_fkey FOREIGN KEY (deputises_for)
REFERENCES person (person_id) NOT VALID,
ADD CONSTRAINT assignment_place_fkey FOREIGN KEY (la_code, school_id)
REFERENCES school (la_code, school_id) ON UPDATE CASCADE NOT VALID;

-- What has ended stands in nobody's way who is given the same again.
-- squawk-ignore ban-drop-constraint
ALTER TABLE assignment DROP CONSTRAINT assignment_once_unique;
-- squawk-ignore require-concurrent-index-creation
CREATE UNIQUE INDEX assignment_begun_unique
ON assignment (la_code, school_id, region_code, principal, role, from_on)
NULLS NOT DISTINCT WHERE ended_at IS NULL;
-- squawk-ignore require-concurrent-index-creation
CREATE UNIQUE INDEX assignment_standing_unique
ON assignment (la_code, school_id, region_code, principal, role)
NULLS NOT DISTINCT WHERE ended_at IS NULL AND to_on IS NULL;
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX assignment_person ON assignment (person_id);
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX assignment_school ON assignment (school_id);

-- A person is seen by themselves, by the sign-on that knows only their subject, where
-- they are kept, and by whoever sees one of their roles. They are changed where they
-- are kept; somebody of two schools may be handed to the LA of both. (OFFSET 0 has the
-- planner look up one person's roles, rather than read everybody's.)
DROP POLICY person_tenant ON person;
CREATE POLICY person_read ON person FOR SELECT
USING (
    person_id::text = (SELECT scope_principal())
    OR 'subject:' || subject = (SELECT scope_principal())
    OR (SELECT scope_principal()) = 'service:gateway'
    OR home_la_code = ANY((SELECT scope_read_las())::text [])
    OR home_school_id = ANY((SELECT scope_read_schools())::uuid [])
    OR EXISTS (
        SELECT FROM assignment
        WHERE assignment.person_id = person.person_id
        OFFSET 0 -- noqa: AM09
    )
);
CREATE POLICY person_insert ON person FOR INSERT
WITH CHECK (
    home_la_code = ANY((SELECT scope_write_las())::text [])
    OR home_school_id = ANY((SELECT scope_write_schools())::uuid [])
    OR (SELECT scope_principal()) = 'service:gateway'
);
CREATE POLICY person_update ON person FOR UPDATE
USING (
    home_la_code = ANY((SELECT scope_write_las())::text [])
    OR home_school_id = ANY((SELECT scope_write_schools())::uuid [])
    OR (SELECT scope_principal()) = 'service:gateway'
)
WITH CHECK (
    home_la_code = ANY((SELECT scope_write_las())::text [])
    OR home_school_id = ANY((SELECT scope_write_schools())::uuid [])
    OR (
        home_school_id IS NULL
        AND EXISTS (
            SELECT FROM school
            WHERE
                school.la_code = person.home_la_code
                AND school.school_id = ANY((SELECT scope_write_schools())::uuid [])
        )
    )
    OR (SELECT scope_principal()) = 'service:gateway'
);
CREATE POLICY person_delete ON person FOR DELETE
USING ((SELECT scope_principal()) = 'service:gateway');

-- Who is to be brought to the sign-on as the directory now has them: there is something
-- to do while `done_version` is behind, or an invitation is newer than the one sent.
CREATE TABLE person_provisioning (
    person_id uuid NOT NULL,
    wanted_version integer NOT NULL DEFAULT 1,
    done_version integer NOT NULL DEFAULT 0,
    wanted_at timestamptz NOT NULL DEFAULT now(),
    done_at timestamptz,
    invitation_sent_at timestamptz,
    attempts integer NOT NULL DEFAULT 0,
    next_attempt_at timestamptz NOT NULL DEFAULT now(),
    problem text,
    CONSTRAINT person_provisioning_pkey PRIMARY KEY (person_id),
    CONSTRAINT person_provisioning_person_fkey FOREIGN KEY (person_id)
    REFERENCES person (person_id) ON DELETE CASCADE,
    CONSTRAINT person_provisioning_version_check CHECK (
        done_version BETWEEN 0 AND wanted_version
    )
);

CREATE INDEX person_provisioning_due ON person_provisioning (next_attempt_at)
WHERE done_version < wanted_version;

ALTER TABLE person_provisioning ENABLE ROW LEVEL SECURITY;
ALTER TABLE person_provisioning FORCE ROW LEVEL SECURITY;
CREATE POLICY person_provisioning_of_seen ON person_provisioning
USING (
    (SELECT scope_principal()) = 'service:gateway'
    OR (
        (SELECT scope_principal()) IS NOT NULL
        AND EXISTS (
            SELECT FROM person
            WHERE person.person_id = person_provisioning.person_id
        )
    )
);

-- Whatever changes what the sign-on is to know of a person asks for it, whichever
-- statement it was: nobody can forget to.
CREATE FUNCTION person_wants_provisioning() RETURNS trigger
LANGUAGE plpgsql SECURITY INVOKER
AS $$
BEGIN
    INSERT INTO person_provisioning (person_id)
    SELECT NEW.person_id WHERE NEW.person_id IS NOT NULL
    ON CONFLICT ON CONSTRAINT person_provisioning_pkey DO UPDATE
    SET
        wanted_version = person_provisioning.wanted_version + 1,
        wanted_at = clock_timestamp(),
        next_attempt_at = clock_timestamp();
    RETURN NULL;
END
$$;

CREATE TRIGGER person_is_new AFTER INSERT ON person
FOR EACH ROW EXECUTE FUNCTION person_wants_provisioning();
CREATE TRIGGER person_has_changed
AFTER UPDATE OF username, display_name, email, invited_at ON person
FOR EACH ROW EXECUTE FUNCTION person_wants_provisioning();
CREATE TRIGGER assignment_is_new AFTER INSERT ON assignment
FOR EACH ROW EXECUTE FUNCTION person_wants_provisioning();
CREATE TRIGGER assignment_has_changed
AFTER UPDATE OF la_code, from_on, to_on, ended_at ON assignment
FOR EACH ROW EXECUTE FUNCTION person_wants_provisioning();

GRANT SELECT, INSERT (person_id),
UPDATE (wanted_version, wanted_at, next_attempt_at)
ON person_provisioning TO joinedup_app;
GRANT SELECT, INSERT, UPDATE ON person_provisioning TO joinedup_worker;
GRANT SELECT, UPDATE ON person TO joinedup_worker;

-- Those who are there: each is kept by the smallest place that holds all their roles.
-- The owner reads past row-level security within this transaction.
ALTER TABLE person NO FORCE ROW LEVEL SECURITY;
ALTER TABLE assignment NO FORCE ROW LEVEL SECURITY;
ALTER TABLE person_provisioning NO FORCE ROW LEVEL SECURITY;

UPDATE person AS p SET
    home_la_code = h.la_code,
    home_school_id = h.school_id
FROM (
    SELECT
        a.person_id,
        min(a.la_code) AS la_code,
        CASE
            WHEN count(DISTINCT a.school_id) = 1 AND bool_and(a.school_id IS NOT NULL)
                THEN (array_agg(a.school_id))[1]
        END AS school_id
    FROM assignment AS a
    GROUP BY a.person_id
    HAVING count(DISTINCT a.la_code) = 1 AND bool_and(a.la_code IS NOT NULL)
) AS h
WHERE h.person_id = p.person_id;

INSERT INTO person_provisioning (person_id) SELECT p.person_id FROM person AS p;

ALTER TABLE person FORCE ROW LEVEL SECURITY;
ALTER TABLE assignment FORCE ROW LEVEL SECURITY;
ALTER TABLE person_provisioning FORCE ROW LEVEL SECURITY;
