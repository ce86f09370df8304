-- A school passes to another LA with all that is its own, and answers to earlier URNs.
-- depends: servicedesk_0004_comments

SET lock_timeout = '2s';

-- squawk-ignore require-concurrent-index-creation
CREATE UNIQUE INDEX school_tenant ON school (la_code, school_id);

-- What is a school's stands where the school does: the keys carry it to the school's new
-- LA, and whoever opens a ticket meanwhile waits for the school, or is told to try again.
ALTER TABLE ticket ADD CONSTRAINT ticket_school_fkey
FOREIGN KEY (la_code, school_id) REFERENCES school (la_code, school_id)
ON UPDATE CASCADE NOT VALID;
ALTER TABLE ticket_counter ADD CONSTRAINT ticket_counter_school_fkey
FOREIGN KEY (la_code, school_id) REFERENCES school (la_code, school_id)
ON UPDATE CASCADE NOT VALID;
-- squawk-ignore ban-drop-constraint
ALTER TABLE ticket_history DROP CONSTRAINT ticket_history_ticket_fkey;
ALTER TABLE ticket_history ADD CONSTRAINT ticket_history_ticket_fkey
FOREIGN KEY (la_code, school_id, ticket_id, requester_id)
REFERENCES ticket (la_code, school_id, ticket_id, requester_id)
ON UPDATE CASCADE NOT VALID;
-- squawk-ignore ban-drop-constraint
ALTER TABLE ticket_comment DROP CONSTRAINT ticket_comment_ticket_fkey;
ALTER TABLE ticket_comment ADD CONSTRAINT ticket_comment_ticket_fkey
FOREIGN KEY (la_code, school_id, ticket_id, requester_id)
REFERENCES ticket (la_code, school_id, ticket_id, requester_id)
ON UPDATE CASCADE NOT VALID;

-- squawk-ignore ban-drop-constraint
ALTER TABLE ticket_history DROP CONSTRAINT ticket_history_fact_check;
ALTER TABLE ticket_history ADD CONSTRAINT ticket_history_fact_check CHECK (
    fact IN ('opened', 'changed', 'resolved', 'reopened', 'closed', 'moved')
) NOT VALID;

CREATE TABLE earlier_urn (
    la_code text NOT NULL,
    school_id uuid NOT NULL,
    urn integer NOT NULL,
    CONSTRAINT earlier_urn_pkey PRIMARY KEY (la_code, school_id, urn),
    CONSTRAINT earlier_urn_school_fkey FOREIGN KEY (la_code, school_id)
    REFERENCES school (la_code, school_id) ON UPDATE CASCADE
);

CREATE INDEX earlier_urn_by_urn ON earlier_urn (urn);

CALL secure_tenant_table(
    'earlier_urn', 'school_id = ANY ((SELECT scope_own_schools())::uuid [])'
);

-- The worker's scope holds an LA, and the schools that the LA's facts are of, wherever
-- their rows stand: it may fetch those rows, but put them into its own LA only. No more
-- than that is needed to follow a school.
DROP POLICY school_worker_select ON school;
DROP POLICY school_worker_update ON school;
CREATE POLICY school_home_insert ON school AS RESTRICTIVE FOR INSERT TO joinedup_worker
WITH CHECK (la_code = ANY((SELECT scope_write_las())::text []));
CREATE POLICY school_home_update ON school AS RESTRICTIVE FOR UPDATE TO joinedup_worker
USING (true) WITH CHECK (la_code = ANY((SELECT scope_write_las())::text []));

GRANT SELECT ON earlier_urn TO joinedup_app;
GRANT SELECT, INSERT ON earlier_urn TO joinedup_worker;
GRANT UPDATE (version) ON ticket TO joinedup_worker;
GRANT INSERT ON ticket_history TO joinedup_worker;
