-- Up to which moment Keycloak's log was read for attempts to sign in that failed. Not a
-- tenant's, and nobody's: one row, a time. Who it was is in the audit alone.
-- depends: 0181_mail_returned

SET lock_timeout = '2s';

CREATE TABLE sign_in_look (
    one boolean NOT NULL DEFAULT true,
    read_until timestamptz NOT NULL,
    CONSTRAINT sign_in_look_pkey PRIMARY KEY (one),
    CONSTRAINT sign_in_look_one_check CHECK (one)
);

GRANT SELECT, INSERT, UPDATE (read_until) ON sign_in_look TO joinedup_worker;
