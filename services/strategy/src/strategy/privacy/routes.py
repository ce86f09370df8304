"""What the gateway asks of this service about people."""

from chassis.privacy import routes
from strategy.privacy.service import HOLDINGS

router = routes.router(HOLDINGS)
