"""The pytest plugin: real PostgreSQL, real NATS, and callers with real tokens.

One cluster serves a whole run. Each service's schema is migrated once into a template;
each xdist worker has its own clone, emptied before every test that asks for it.
"""

from chassis.testing.brokers import broker
from chassis.testing.databases import (
    cluster,
    database_of,
    pytest_unconfigure,
)
from chassis.testing.identities import signing

__all__ = ["broker", "cluster", "database_of", "pytest_unconfigure", "signing"]
