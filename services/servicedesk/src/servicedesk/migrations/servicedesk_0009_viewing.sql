-- Who looks as somebody sees the tickets that they themselves requested, at the schools of
-- the scope. Reading alone: they open and change none.
-- depends: servicedesk_0004_comments 0011_viewing

SET lock_timeout = '2s';

ALTER POLICY tenant_read ON ticket USING (
    la_code = ANY((SELECT scope_read_las())::text [])
    OR school_id = ANY((SELECT scope_read_schools())::uuid [])
    OR (
        requester_id = (SELECT scope_owner())
        AND school_id = ANY((SELECT scope_own_schools())::uuid [])
    )
);
ALTER POLICY tenant_read ON ticket_history USING (
    la_code = ANY((SELECT scope_read_las())::text [])
    OR school_id = ANY((SELECT scope_read_schools())::uuid [])
    OR (
        requester_id = (SELECT scope_owner())
        AND school_id = ANY((SELECT scope_own_schools())::uuid [])
    )
);
ALTER POLICY tenant_read ON ticket_comment USING (
    la_code = ANY((SELECT scope_read_las())::text [])
    OR school_id = ANY((SELECT scope_read_schools())::uuid [])
    OR (
        requester_id = (SELECT scope_owner())
        AND school_id = ANY((SELECT scope_own_schools())::uuid [])
    )
);
