"""PostgreSQL and NATS as child processes of one machine: for `make up` and the tests."""
