"""How many can be changed at once, and why some are left alone."""

from collections.abc import Mapping

from gateway.portal.labels import model as labels
from gateway.portal.wipes import model as wipes

MOST_AT_ONCE = 2_000
MOST_OF: Mapping[str, int] = {"labels": labels.MOST, "wipe": wipes.MOST}
"""Of what is done to fewer."""
BATCH = 500
SHOWN_NAMES = 12
REASONS = {
    "stale": "changed by somebody after you saw it",
    "not-found": "not there any more, or not yours to see",
    "forbidden": "not yours to change",
    "illegal": "in a state that does not allow it",
    "out": "is out: take it back first",
    "tag-taken": "bears a tag that another asset of that school has",
    "repeated": "chosen twice",
    "unchanged": "so already",
}
