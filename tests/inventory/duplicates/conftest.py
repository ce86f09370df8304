"""A school's agents, whose reports land at the asset that is kept."""

from tests.inventory.agents.conftest import agent_at, caller

__all__ = ["agent_at", "caller"]
