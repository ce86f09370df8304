-- How long people worked on tickets: added, taken back, and never rewritten.
-- depends: servicedesk_0031_clocks

SET lock_timeout = '2s';

CREATE TABLE time_entry (
    la_code text NOT NULL,
    school_id uuid NOT NULL,
    ticket_id uuid NOT NULL,
    time_entry_id uuid NOT NULL DEFAULT uuidv7(),
    person_id text NOT NULL DEFAULT scope_principal(),
    kind text NOT NULL,
    minutes integer NOT NULL,
    worked_on date NOT NULL,
    logged_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    taken_back_at timestamptz,
    CONSTRAINT time_entry_pkey PRIMARY KEY (la_code, school_id, ticket_id, time_entry_id),
    CONSTRAINT time_entry_ticket_fkey FOREIGN KEY (la_code, school_id, ticket_id)
    REFERENCES ticket (la_code, school_id, ticket_id) ON UPDATE CASCADE,
    CONSTRAINT time_entry_kind_check CHECK (
        kind IN ('reactive', 'proactive', 'project', 'extra')
    ),
    CONSTRAINT time_entry_minutes_check CHECK (minutes BETWEEN 1 AND 1440)
);
CREATE INDEX time_entry_by_ticket ON time_entry (ticket_id, time_entry_id);
CREATE INDEX time_entry_by_day ON time_entry (la_code, worked_on);
CREATE INDEX time_entry_of_school_by_day ON time_entry (school_id, worked_on);

CALL secure_tenant_table('time_entry');
-- Whoever logs time logs their own.
CREATE POLICY time_entry_signed ON time_entry AS RESTRICTIVE FOR INSERT
WITH CHECK (person_id = (SELECT scope_principal()));

GRANT SELECT, INSERT, UPDATE (taken_back_at) ON time_entry TO joinedup_app;
