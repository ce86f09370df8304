-- Tickets of the past: what others did is told by who brings it in, and signed as told.
-- depends: servicedesk_0004_comments

SET lock_timeout = '2s';

ALTER TABLE ticket_history ADD COLUMN told_by text;
ALTER TABLE ticket_comment ADD COLUMN told_by text;

-- Whoever writes a row signs it: as the one who did it, or, with a role over the whole
-- LA, as the one who tells of what another did.
DROP POLICY ticket_history_signed ON ticket_history;
CREATE POLICY ticket_history_signed ON ticket_history AS RESTRICTIVE FOR INSERT
WITH CHECK (
    CASE
        WHEN told_by IS NULL THEN actor_id = (SELECT scope_principal())
        ELSE
            told_by = (SELECT scope_principal())
            AND la_code = ANY((SELECT scope_write_las())::text [])
    END
);

DROP POLICY ticket_comment_signed ON ticket_comment;
CREATE POLICY ticket_comment_signed ON ticket_comment AS RESTRICTIVE FOR INSERT
WITH CHECK (
    CASE
        WHEN told_by IS NULL THEN author_id = (SELECT scope_principal())
        ELSE
            told_by = (SELECT scope_principal())
            AND la_code = ANY((SELECT scope_write_las())::text [])
    END
);
