"""What the gateway asks of this service about people."""

from chassis.privacy import routes
from inventory.privacy.service import HOLDINGS

router = routes.router(HOLDINGS)
