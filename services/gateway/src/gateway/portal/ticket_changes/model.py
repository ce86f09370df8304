"""What of a ticket that somebody changed meanwhile differs; no I/O."""

from collections.abc import Mapping
from types import MappingProxyType

from gateway.portal.assets.model import Difference
from gateway.portal.ticket_changes.schemas import ChangeForm
from gateway.portal.tickets import model as tickets

LABELS: Mapping[str, tuple[str, Mapping[str, str]]] = MappingProxyType(
    {
        "summary": ("In a few words", {}),
        "description": ("More about it", {}),
        "kind": ("What it is", tickets.KIND_NAMES),
        "impact": ("Who is affected", tickets.IMPACTS),
        "urgency": ("How badly", tickets.URGENCIES),
    }
)


def differences(saved: ChangeForm, yours: ChangeForm) -> tuple[Difference, ...]:
    """List the fields where saving would overwrite somebody else's value."""
    return tuple(
        Difference(field, label, words.get(was, was), words.get(now, now))
        for field, (label, words) in LABELS.items()
        if (was := str(getattr(saved, field))) != (now := str(getattr(yours, field)))
    )
