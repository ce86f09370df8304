-- Titles of software under one name each: see inventory.titles.model.naming.
-- depends: inventory_0040_catalogue

SET lock_timeout = '2s';

ALTER TABLE software_install NO FORCE ROW LEVEL SECURITY;
ALTER TABLE agent_device NO FORCE ROW LEVEL SECURITY;

-- squawk-ignore-file adding-not-nullable-field, adding-field-with-default
-- squawk-ignore-file require-concurrent-index-creation
ALTER TABLE software_install
ADD COLUMN maker text,
ADD COLUMN maker_key text,
ADD COLUMN title text,
ADD COLUMN title_key text,
ADD COLUMN release text,
ADD COLUMN title_kind text;

-- What was reported before is named as it came, until its device reports anew.
UPDATE software_install SET
    maker = publisher,
    maker_key = regexp_replace(lower(publisher), '[^[:alnum:]]+', '', 'g'),
    title = name,
    title_key = regexp_replace(lower(name), '[^[:alnum:]]+', '', 'g'),
    release = version,
    title_kind = 'application';

ALTER TABLE software_install
ALTER COLUMN maker SET NOT NULL,
ALTER COLUMN maker_key SET NOT NULL,
ALTER COLUMN title SET NOT NULL,
ALTER COLUMN title_key SET NOT NULL,
ALTER COLUMN release SET NOT NULL,
ALTER COLUMN title_kind SET NOT NULL,
-- The same title has one id everywhere.
ADD COLUMN title_id uuid NOT NULL
GENERATED ALWAYS AS (md5(maker_key || chr(10) || title_key)::uuid) STORED;

CREATE INDEX software_install_of_title
ON software_install (la_code, title_id, school_id, asset_id)
WHERE gone_at IS NULL;

-- An agent's next list is taken down though it be the same as its last.
UPDATE agent_device SET software_hash = NULL
WHERE software_hash IS NOT NULL;

ALTER TABLE agent_device FORCE ROW LEVEL SECURITY;
ALTER TABLE software_install FORCE ROW LEVEL SECURITY;

GRANT UPDATE (
    maker, maker_key, title, title_key, release, title_kind
) ON software_install TO joinedup_app;
