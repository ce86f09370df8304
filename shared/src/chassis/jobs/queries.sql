-- insert_job
-- Keep what is to be done.
INSERT INTO job (la_code, school_id, principal, kind, subject_id, arguments)
VALUES (
    %(la_code)s,
    %(school_id)s,
    %(principal)s,
    %(kind)s,
    %(subject_id)s,
    %(arguments)s::jsonb
)
RETURNING job_id;

-- enqueue_job
-- Hand a job to the workers, if and when this transaction commits.
SELECT
    cardinality(
        procrastinate_defer_jobs_v1(
            ARRAY[
                row(
                    'jobs',
                    'chassis.jobs.run',
                    0,
                    %(lock)s,
                    NULL,
                    jsonb_build_object(
                        'job_id',
                        %(job_id)s::text,
                        'traceparent',
                        %(traceparent)s::text
                    ),
                    NULL
                )::procrastinate_job_to_defer_v1
            ]
        )
    ) AS enqueued;

-- get_job
-- Read a job.
SELECT
    job_id,
    kind,
    state,
    subject_id,
    la_code,
    school_id,
    principal,
    done,
    total,
    note,
    result,
    problem,
    attempts,
    cancel_asked_at,
    created_at,
    started_at,
    ended_at,
    version
FROM job
WHERE job_id = %(job_id)s;

-- list_jobs
-- A page of the jobs in scope, the newest first.
SELECT
    job_id,
    kind,
    state,
    subject_id,
    la_code,
    school_id,
    principal,
    done,
    total,
    note,
    result,
    problem,
    attempts,
    cancel_asked_at,
    created_at,
    started_at,
    ended_at,
    version
FROM job
WHERE
    (%(after)s::uuid IS NULL OR job_id < %(after)s)
    AND (%(kind)s::text IS NULL OR kind = %(kind)s)
    AND (%(state)s::text IS NULL OR state = %(state)s)
    AND (%(subject_id)s::uuid IS NULL OR subject_id = %(subject_id)s)
ORDER BY job_id DESC
LIMIT %(page_size)s;

-- ask_cancel
-- Ask for the end of a job that has not ended; touches none that has.
UPDATE job
SET cancel_asked_at = coalesce(cancel_asked_at, now()), version = version + 1
WHERE job_id = %(job_id)s AND ended_at IS NULL;

-- claim_job
-- Take a job up, as a new attempt; one that has ended stays as it is.
UPDATE job
SET
    state = 'running',
    attempts = attempts + 1,
    started_at = coalesce(started_at, now()),
    version = version + 1
WHERE job_id = %(job_id)s AND ended_at IS NULL
RETURNING
    job_id,
    kind,
    subject_id,
    la_code,
    school_id,
    principal,
    arguments,
    attempts,
    cancel_asked_at;

-- tell_progress
-- Say how far an attempt is, and hear whether its end is asked for.
UPDATE job
SET
    done = %(done)s,
    total = %(total)s,
    note = %(note)s,
    version = version + 1
WHERE job_id = %(job_id)s AND state = 'running' AND attempts = %(attempts)s
RETURNING cancel_asked_at IS NOT NULL AS cancel_asked;

-- end_job
-- Say how an attempt ended, unless a later one has begun.
UPDATE job
SET
    state = %(state)s,
    result = %(result)s::jsonb,
    problem = %(problem)s::jsonb,
    ended_at = now(),
    version = version + 1
WHERE job_id = %(job_id)s AND state = 'running' AND attempts = %(attempts)s;

-- release_job
-- Let a job wait for its next attempt.
UPDATE job
SET state = 'waiting', version = version + 1
WHERE job_id = %(job_id)s AND state = 'running' AND attempts = %(attempts)s;

-- prune_jobs
-- Forget jobs that ended long ago.
DELETE FROM job
WHERE ended_at < now() - interval '90 days';
