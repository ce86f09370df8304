-- Whoever brings thousands of people in asks once for all of them, not once for each.
-- depends: 0121_people_validated

SET lock_timeout = '2s';

DROP TRIGGER person_is_new ON person;
DROP TRIGGER person_has_changed ON person;
DROP TRIGGER assignment_is_new ON assignment;
DROP TRIGGER assignment_has_changed ON assignment;
-- squawk-ignore ban-drop-function
DROP FUNCTION person_wants_provisioning();

CREATE FUNCTION want_provisioning(people uuid []) RETURNS void
LANGUAGE sql VOLATILE SECURITY INVOKER
AS $$
    INSERT INTO person_provisioning (person_id)
    SELECT DISTINCT p.person_id FROM unnest(people) AS p (person_id)
    WHERE p.person_id IS NOT NULL
    ORDER BY p.person_id
    ON CONFLICT ON CONSTRAINT person_provisioning_pkey DO UPDATE
    SET
        wanted_version = person_provisioning.wanted_version + 1,
        wanted_at = clock_timestamp(),
        next_attempt_at = clock_timestamp()
$$;

CREATE FUNCTION new_want_provisioning() RETURNS trigger
LANGUAGE plpgsql SECURITY INVOKER
AS $$
BEGIN
    PERFORM want_provisioning(array(SELECT c.person_id FROM changed AS c));
    RETURN NULL;
END
$$;

CREATE FUNCTION changed_people_want_provisioning() RETURNS trigger
LANGUAGE plpgsql SECURITY INVOKER
AS $$
BEGIN
    PERFORM want_provisioning(
        array(
            SELECT c.person_id
            FROM changed AS c INNER JOIN former AS f USING (person_id)
            WHERE
                (f.username, f.display_name, f.email, f.invited_at)
                IS DISTINCT FROM (c.username, c.display_name, c.email, c.invited_at)
        )
    );
    RETURN NULL;
END
$$;

CREATE FUNCTION changed_roles_want_provisioning() RETURNS trigger
LANGUAGE plpgsql SECURITY INVOKER
AS $$
BEGIN
    PERFORM want_provisioning(
        array(
            SELECT c.person_id
            FROM changed AS c INNER JOIN former AS f USING (assignment_id)
            WHERE
                (f.la_code, f.from_on, f.to_on, f.ended_at)
                IS DISTINCT FROM (c.la_code, c.from_on, c.to_on, c.ended_at)
        )
    );
    RETURN NULL;
END
$$;

CREATE TRIGGER person_is_new AFTER INSERT ON person
REFERENCING NEW TABLE AS changed
FOR EACH STATEMENT EXECUTE FUNCTION new_want_provisioning();
CREATE TRIGGER person_has_changed AFTER UPDATE ON person
REFERENCING OLD TABLE AS former NEW TABLE AS changed
FOR EACH STATEMENT EXECUTE FUNCTION changed_people_want_provisioning();
CREATE TRIGGER assignment_is_new AFTER INSERT ON assignment
REFERENCING NEW TABLE AS changed
FOR EACH STATEMENT EXECUTE FUNCTION new_want_provisioning();
CREATE TRIGGER assignment_has_changed AFTER UPDATE ON assignment
REFERENCING OLD TABLE AS former NEW TABLE AS changed
FOR EACH STATEMENT EXECUTE FUNCTION changed_roles_want_provisioning();
