-- How long kit is to last is said to the other services: each policy has an id and a
-- version, and one that is taken back stays, without years.
-- depends: inventory_0080_search

-- Few rows: fifteen kinds of kit of each school at most. Nobody reads the column alone,
-- but beside what LA and custom say.
-- squawk-ignore-file adding-field-with-default, ban-drop-not-null

SET lock_timeout = '2s';

ALTER TABLE authority_life
ADD COLUMN life_id uuid NOT NULL DEFAULT uuidv7(),
ADD COLUMN version integer NOT NULL DEFAULT 1,
ALTER COLUMN years DROP NOT NULL;

ALTER TABLE school_life
ADD COLUMN life_id uuid NOT NULL DEFAULT uuidv7(),
ADD COLUMN version integer NOT NULL DEFAULT 1,
ALTER COLUMN years DROP NOT NULL;

REVOKE DELETE ON authority_life, school_life FROM joinedup_app;

-- The worker says them again, and to another LA where a school passes to it.
GRANT UPDATE (version) ON school_life TO joinedup_worker;
