"""What a later report changes on its asset: nothing that a person set by hand.

An agent may fill what is empty, and renew what it wrote and nobody changed since.
What a person set stands, and what a person took away stays away. Whoever puts back what
the agent wrote gives the field back to it.
"""

from collections.abc import Mapping
from typing import Any

from inventory.agents.model import registering
from inventory.agents.model.devices import Sections
from inventory.assets.model import OUT_OF_USE, Asset

Values = dict[str, Any]
"""By field; what a kind has of its own begins with `details.`."""
OF_DETAILS = "details."
FIELDS = ("manufacturer", "model", "serial")
MATERIAL: Mapping[str, float] = {
    "details.pages_printed": 1000,
    "details.battery_health": 5,
    "details.storage_gb": 1,
}
"""By how much these have to differ: a history of daily page counts tells nothing."""
_EMPTY = frozenset({None, "", registering.UNKNOWN})


def told_of(known: Sections, category: Any) -> Values:
    """Lay out what is known of a device as the fields of an asset of some kind."""
    said = registering.asset_of(known, "")
    told: Values = {name: said[name] for name in FIELDS}
    details = registering.details_of(known, category)
    told |= {f"{OF_DETAILS}{name}": value for name, value in details.items()}
    return {name: value for name, value in told.items() if value not in _EMPTY}


def decide(asset: Asset, told: Values, written: Mapping[str, Any]) -> Values:
    """Say which fields of an asset a report changes, and to what."""
    if asset.status in OUT_OF_USE:
        return {}
    present = _present(asset)
    return {
        name: value
        for name, value in told.items()
        if _may(name, present.get(name), value, written)
    }


def _may(name: str, present: Any, value: Any, written: Mapping[str, Any]) -> bool:
    if present == value:
        return False
    if name not in written:
        return present in _EMPTY
    # Where it is empty now, somebody took it away.
    return present == written[name] and _is_material(name, present, value)


def _is_material(name: str, present: Any, value: Any) -> bool:
    least = MATERIAL.get(name)
    return least is None or abs(value - present) >= least


def _present(asset: Asset) -> Values:
    own: Values = {name: getattr(asset, name) for name in FIELDS}
    return own | {f"{OF_DETAILS}{name}": each for name, each in asset.details.items()}


def parted(changes: Values) -> tuple[Values, Values]:
    """Part fields that every asset has from those of its kind."""
    own = {n: v for n, v in changes.items() if not n.startswith(OF_DETAILS)}
    details = {
        name.removeprefix(OF_DETAILS): value
        for name, value in changes.items()
        if name.startswith(OF_DETAILS)
    }
    return own, details
