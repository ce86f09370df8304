-- A school that goes to another LA is forgotten by the clients that were let into it: were
-- it only passed over, they would be back in it if it ever came back.
-- depends: 0145_mail_refused

SET lock_timeout = '2s';

-- The key of the school takes the row along to the other LA; there it ends.
CREATE FUNCTION schools_leave_clients() RETURNS trigger
LANGUAGE plpgsql SECURITY INVOKER
AS $$
BEGIN
    DELETE FROM api_client_school
    WHERE
        school_id = new.school_id AND api_client_id = new.api_client_id
        AND la_code = new.la_code;
    RETURN NULL;
END
$$;

CREATE TRIGGER api_client_school_has_moved
AFTER UPDATE OF la_code ON api_client_school
FOR EACH ROW EXECUTE FUNCTION schools_leave_clients();

ALTER TABLE api_client NO FORCE ROW LEVEL SECURITY;
ALTER TABLE api_client_school NO FORCE ROW LEVEL SECURITY;
DELETE FROM api_client_school AS a USING api_client AS c
WHERE
    a.client_la_code = c.la_code AND a.api_client_id = c.api_client_id
    AND a.la_code <> c.place_la_code;
ALTER TABLE api_client FORCE ROW LEVEL SECURITY;
ALTER TABLE api_client_school FORCE ROW LEVEL SECURITY;
