-- take_quota
-- Give out a part of a minute's quota, as far as there is any left of it.
INSERT INTO api_quota AS q (principal, minute, given)
VALUES (%(principal)s, %(minute)s, least(%(wanted)s::integer, %(quota)s::integer))
ON CONFLICT ON CONSTRAINT api_quota_pkey DO UPDATE
SET
    given = CASE
        WHEN q.minute < excluded.minute THEN excluded.given
        ELSE greatest(q.given, least(q.given + %(wanted)s::integer, %(quota)s::integer))
    END,
    minute = greatest(q.minute, excluded.minute)
RETURNING
    new.minute,
    new.given - CASE WHEN old.minute = new.minute THEN old.given ELSE 0 END AS now_given,
    new.given;

-- note_used
-- Note that a client id was used.
UPDATE api_credential SET last_used_at = clock_timestamp()
WHERE client_id = %(client_id)s;
