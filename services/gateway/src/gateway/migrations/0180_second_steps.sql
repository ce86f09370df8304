-- What somebody signed in with and when they last proved who they are: of their sessions.
-- And which events of Keycloak's are on record. Not a tenant's: an id, and a time.
-- depends: 0165_viewing_as

SET lock_timeout = '2s';

ALTER TABLE session
ADD COLUMN device text NOT NULL DEFAULT '',
ADD COLUMN authenticated_at timestamptz;

-- The sessions of a day or so: looked through at once.
-- squawk-ignore constraint-missing-not-valid
ALTER TABLE session ADD CONSTRAINT session_device_check
CHECK (char_length(device) <= 80);

CREATE TABLE sign_on_event (
    event_id text NOT NULL,
    happened_at timestamptz NOT NULL,
    CONSTRAINT sign_on_event_pkey PRIMARY KEY (event_id)
);

CREATE INDEX sign_on_event_happened ON sign_on_event (happened_at);

GRANT SELECT, INSERT, DELETE ON sign_on_event TO joinedup_worker;
