"""The holdings of this service, read from their statements."""

from chassis import sql
from chassis.privacy.model import holdings_of

QUERIES = sql.load("inventory.privacy")
HOLDINGS = holdings_of(QUERIES)
