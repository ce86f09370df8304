-- What is too old is found among what still has values, however much was emptied before.
-- depends: 0012_privacy

SET lock_timeout = '2s';

-- squawk-ignore require-concurrent-index-creation
CREATE INDEX audit_entry_valued ON audit_entry (la_code, entry_id)
WHERE details IS NOT NULL;
