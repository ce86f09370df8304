-- Somebody may come again and leave again: an erasure that is at its end bars no other.
-- depends: 0170_privacy 0180_second_steps 0013_privacy_by_index

SET lock_timeout = '2s';

-- squawk-ignore ban-drop-constraint
ALTER TABLE erasure DROP CONSTRAINT erasure_once_unique;
-- squawk-ignore require-concurrent-index-creation
CREATE UNIQUE INDEX erasure_open_unique ON erasure (la_code, person_id)
WHERE done_at IS NULL;

-- Who is called the same, whatever the capitals and spaces.
ALTER TABLE person
-- squawk-ignore adding-field-with-default
ADD COLUMN name_key text GENERATED ALWAYS AS (
    lower(regexp_replace(btrim(display_name), '\s+', ' ', 'g'))
) STORED;
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX person_by_name_key ON person (name_key);

GRANT DELETE ON erasure TO joinedup_worker;
GRANT UPDATE (version) ON notice TO joinedup_worker;
GRANT UPDATE (name) ON api_client TO joinedup_worker;
