"""The holdings of this service, read from their statements."""

from chassis import sql
from chassis.privacy.model import holdings_of

HOLDINGS = holdings_of(sql.load("inventory.privacy"))
