"""The whole product on one machine: what `make up` runs."""
