-- The worker records wrong secrets, and finds for it whose the client is.
-- depends: 0184_operators_write_the_directory

SET lock_timeout = '2s';

GRANT SELECT ON client, api_client_school TO joinedup_worker;
