-- insert_comment
-- Add a comment to a ticket and return it as stored.
INSERT INTO ticket_comment (la_code, school_id, ticket_id, requester_id, body)
VALUES (
    %(la_code)s, %(school_id)s, %(ticket_id)s, %(requester_id)s, %(body)s
)
RETURNING
comment_id,
ticket_id,
author_id,
body,
commented_at,
told_by;

-- list_comments
-- List the comments of a ticket of the scope, oldest first.
SELECT
    comment_id,
    ticket_id,
    author_id,
    body,
    commented_at,
    told_by
FROM ticket_comment
WHERE
    ticket_id = %(ticket_id)s
    AND (%(after_id)s::uuid IS NULL OR comment_id > %(after_id)s::uuid)
ORDER BY comment_id
LIMIT %(page_size)s;
