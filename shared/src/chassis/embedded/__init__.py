"""PostgreSQL and NATS as child processes: for `make up` and for the tests."""
