-- insert_session
-- Keep a new session under the hash of its cookie.
INSERT INTO session (
    session_hash, keycloak_sid, principal, display_name, tokens, created_at,
    last_seen_at, refresh_at, device, authenticated_at
)
VALUES (
    %(session_hash)s, %(keycloak_sid)s, %(principal)s, %(display_name)s, %(tokens)s,
    %(created_at)s, %(created_at)s, %(refresh_at)s, %(device)s, %(authenticated_at)s
);

-- get_session
-- Read a session by the hash of its cookie.
SELECT
    session_hash, keycloak_sid, principal, display_name, tokens, created_at,
    last_seen_at, refresh_at, unreachable_since_at, viewing_as, viewing_las,
    viewing_until, device, authenticated_at
FROM session
WHERE session_hash = %(session_hash)s;

-- lock_due_session
-- Take a session whose tokens are due, unless another process is at it already.
SELECT
    session_hash, keycloak_sid, principal, display_name, tokens, created_at,
    last_seen_at, refresh_at, unreachable_since_at, viewing_as, viewing_las,
    viewing_until, device, authenticated_at
FROM session
WHERE session_hash = %(session_hash)s AND refresh_at <= %(present)s
FOR UPDATE SKIP LOCKED;

-- update_tokens
-- Keep what Keycloak gave in exchange for the old tokens.
UPDATE session
SET tokens = %(tokens)s, refresh_at = %(refresh_at)s, unreachable_since_at = NULL
WHERE session_hash = %(session_hash)s;

-- postpone_refresh
-- Try again later: Keycloak did not answer.
UPDATE session
SET
    refresh_at = %(refresh_at)s,
    unreachable_since_at = coalesce(unreachable_since_at, %(present)s)
WHERE session_hash = %(session_hash)s;

-- touch_session
-- Note that a session is in use.
UPDATE session SET last_seen_at = %(present)s
WHERE session_hash = %(session_hash)s;

-- begin_viewing
-- Let a session's person look as somebody else, unless they do so already.
UPDATE session SET
    viewing_as = %(person_id)s,
    viewing_las = %(la_codes)s,
    viewing_until = %(until)s
WHERE session_hash = %(session_hash)s AND viewing_as IS NULL;

-- end_viewing
-- Let a session's person look as themselves again.
UPDATE session SET viewing_as = NULL, viewing_las = NULL, viewing_until = NULL
WHERE session_hash = %(session_hash)s AND viewing_as IS NOT NULL;

-- delete_session
-- End a session.
DELETE FROM session
WHERE session_hash = %(session_hash)s
RETURNING principal, viewing_as, viewing_las;

-- get_principal
-- Say whose the sessions are that came of one sign-on at Keycloak.
SELECT principal FROM session
WHERE keycloak_sid = %(keycloak_sid)s
ORDER BY created_at DESC
LIMIT 1;

-- delete_keycloak_session
-- End every session that came of one sign-on at Keycloak.
DELETE FROM session
WHERE keycloak_sid = %(keycloak_sid)s
RETURNING principal, viewing_as, viewing_las;

-- list_sessions
-- The sessions of somebody, the one in use last first.
SELECT session_hash, created_at, last_seen_at, device FROM session
WHERE principal = %(principal)s
ORDER BY last_seen_at DESC, created_at DESC;

-- list_other_sessions
-- Read every session of somebody but one.
SELECT
    session_hash, keycloak_sid, principal, display_name, tokens, created_at,
    last_seen_at, refresh_at, unreachable_since_at, viewing_as, viewing_las,
    viewing_until, device, authenticated_at
FROM session
WHERE principal = %(principal)s AND session_hash <> %(session_hash)s;

-- delete_other_sessions
-- End every session of somebody but one.
DELETE FROM session
WHERE principal = %(principal)s AND session_hash <> %(session_hash)s
RETURNING principal, viewing_as, viewing_las;

-- delete_expired_sessions
-- Forget sessions that nobody can use any more.
DELETE FROM session
WHERE last_seen_at < %(idle_since)s OR created_at < %(created_before)s
RETURNING principal, viewing_as, viewing_las;
