-- What may be personal in the audit is erased; what its chains cover stays for ever.
-- depends: 0010_audit

SET lock_timeout = '2s';

-- Only a service in its own name does it, in the LAs that it is asked for (the worker also
-- where an entry is no LA's), and to nothing else than nothing.
CREATE POLICY audit_entry_erase ON audit_entry FOR UPDATE TO joinedup_app, joinedup_worker
USING (
    (SELECT scope_principal()) LIKE 'service:%'
    AND (la_code IS NULL OR la_code = ANY((SELECT scope_write_las())::text []))
)
WITH CHECK (
    (SELECT scope_principal()) LIKE 'service:%'
    AND (la_code IS NULL OR la_code = ANY((SELECT scope_write_las())::text []))
    AND salt IS NULL AND details IS NULL
);

GRANT UPDATE (salt, details) ON audit_entry TO joinedup_app, joinedup_worker;
