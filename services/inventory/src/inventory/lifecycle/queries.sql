-- get_taken_at
-- Say when releases were last taken in.
SELECT max(lifecycle_release.taken_at) FROM lifecycle_release;

-- list_releases
-- List the releases that were taken in.
SELECT
    lifecycle_release.product,
    lifecycle_release.cycle,
    lifecycle_release.build,
    lifecycle_release.released_on,
    lifecycle_release.active_until,
    lifecycle_release.security_until,
    lifecycle_release.extended_until,
    lifecycle_release.lts
FROM lifecycle_release;

-- upsert_releases
-- Take releases in; those that are as they were stay untouched.
INSERT INTO lifecycle_release AS known (
    product, cycle, build, released_on, active_until, security_until, extended_until, lts
)
SELECT
    told.product,
    told.cycle,
    told.build,
    told.released_on,
    told.active_until,
    told.security_until,
    told.extended_until,
    told.lts
FROM jsonb_to_recordset(%(releases)s::jsonb) AS told (
    product text,
    cycle text,
    build text,
    released_on text,
    active_until text,
    security_until text,
    extended_until text,
    lts text
)
ORDER BY told.product, told.cycle
ON CONFLICT (product, cycle) DO UPDATE SET
build = excluded.build,
released_on = excluded.released_on,
active_until = excluded.active_until,
security_until = excluded.security_until,
extended_until = excluded.extended_until,
lts = excluded.lts,
taken_at = now()
WHERE
(
    known.build,
    known.released_on,
    known.active_until,
    known.security_until,
    known.extended_until,
    known.lts
) IS DISTINCT FROM (
    excluded.build,
    excluded.released_on,
    excluded.active_until,
    excluded.security_until,
    excluded.extended_until,
    excluded.lts
);
