-- Long work: what was asked for, how far it is, and what became of it.
-- depends: 0004_procrastinate

SET lock_timeout = '2s';

-- A service starts work, and hands it on to its worker, by ids alone.
GRANT SELECT (id), INSERT (
    queue_name, task_name, priority, lock, queueing_lock, args, scheduled_at
) ON procrastinate_jobs TO joinedup_app;
GRANT INSERT (job_id, type) ON procrastinate_events TO joinedup_app;
GRANT USAGE ON SEQUENCE procrastinate_jobs_id_seq, procrastinate_events_id_seq
TO joinedup_app, joinedup_worker;
GRANT USAGE ON SEQUENCE procrastinate_periodic_defers_id_seq TO joinedup_worker;
GRANT SELECT, INSERT, UPDATE, DELETE ON
procrastinate_jobs, procrastinate_events, procrastinate_workers,
procrastinate_periodic_defers
TO joinedup_worker;

-- A job is its principal's, and of the LA or school that it names, if it names one.
-- `attempts` fences: a worker that was thought dead can write to no later attempt.
CREATE TABLE job (
    la_code text,
    school_id uuid,
    job_id uuid NOT NULL DEFAULT uuidv7(),
    principal text NOT NULL,
    kind text NOT NULL,
    subject_id uuid,
    arguments jsonb NOT NULL DEFAULT '{}',
    state text NOT NULL DEFAULT 'waiting',
    done integer NOT NULL DEFAULT 0,
    total integer,
    note text NOT NULL DEFAULT '',
    result jsonb,
    problem jsonb,
    attempts integer NOT NULL DEFAULT 0,
    cancel_asked_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    started_at timestamptz,
    ended_at timestamptz,
    version integer NOT NULL DEFAULT 1,
    CONSTRAINT job_pkey PRIMARY KEY (job_id),
    CONSTRAINT job_state_check CHECK (
        state IN ('waiting', 'running', 'done', 'failed', 'cancelled')
    ),
    CONSTRAINT job_ended_check CHECK (
        (ended_at IS NULL) = (state IN ('waiting', 'running'))
    ),
    CONSTRAINT job_problem_check CHECK ((problem IS NULL) = (state <> 'failed'))
);

CREATE INDEX job_tenant ON job (la_code, school_id, job_id);
CREATE INDEX job_principal ON job (principal, job_id);
CREATE INDEX job_subject ON job (subject_id) WHERE subject_id IS NOT NULL;
CREATE INDEX job_ended ON job (ended_at) WHERE ended_at IS NOT NULL;

ALTER TABLE job ENABLE ROW LEVEL SECURITY;
ALTER TABLE job FORCE ROW LEVEL SECURITY;

-- A service acts for whoever asked; no token can carry a principal of its form.
CREATE POLICY job_read ON job FOR SELECT USING (
    principal = (SELECT scope_principal())
    OR (SELECT scope_principal()) LIKE 'service:%'
    OR la_code = ANY((SELECT scope_read_las())::text [])
    OR school_id = ANY((SELECT scope_read_schools())::uuid [])
);
CREATE POLICY job_insert ON job FOR INSERT WITH CHECK (
    (SELECT scope_principal()) LIKE 'service:%'
    OR (
        principal = (SELECT scope_principal())
        AND (
            (la_code IS NULL AND school_id IS NULL)
            OR la_code = ANY((SELECT scope_write_las())::text [])
            OR school_id = ANY((SELECT scope_write_schools())::uuid [])
        )
    )
);
CREATE POLICY job_update ON job FOR UPDATE USING (
    principal = (SELECT scope_principal())
    OR (SELECT scope_principal()) LIKE 'service:%'
    OR la_code = ANY((SELECT scope_write_las())::text [])
    OR school_id = ANY((SELECT scope_write_schools())::uuid [])
);
CREATE POLICY job_delete ON job FOR DELETE USING (
    (SELECT scope_principal()) LIKE 'service:%' AND ended_at IS NOT NULL
);

GRANT SELECT, INSERT (
    la_code, school_id, principal, kind, subject_id, arguments
), UPDATE (cancel_asked_at, version) ON job TO joinedup_app;
GRANT SELECT, DELETE, INSERT (
    la_code, school_id, principal, kind, subject_id, arguments
), UPDATE (
    state, done, total, note, result, problem, attempts, cancel_asked_at, started_at,
    ended_at, version
) ON job TO joinedup_worker;
