"""One message of an agent: what it asks, or which devices it tells of."""

from typing import Literal, cast

from inventory.agents.model import (
    computers,
    decoding,
    documents,
    networked,
    trees,
    values,
)
from inventory.agents.model.documents import Document, Tree
from inventory.agents.model.refusals import InventoryUnreadable, InventoryUnsupported
from inventory.agents.model.report import Action, Note, Question, Told

Message = Question | Note | Told
_NETWORKED: dict[str, Action] = {
    "netinventory": "netinventory",
    "netdiscovery": "netdiscovery",
    # FusionInventory's words, of versions 2.3 and up, and before.
    "snmpquery": "netinventory",
    "snmp": "netinventory",
}
_ASKING = frozenset({"contact", "prolog"})
MOST_TASKS = 32


def read(body: bytes, content_type: str | None) -> Message:
    """Read what an agent sent.

    Raises:
        InventoryUnsupported: it is no inventory, or of a kind that is not taken.
        InventoryUnreadable: it is broken, or does not say which device it is of.
        InventoryTooLarge: it is more than any device has to tell.
    """
    decoding.require_type(content_type)
    document = documents.read(body)
    root, form = document.root, document.form
    deviceid = values.text(root.get("deviceid"))
    action = _action(document)
    if action in _ASKING:
        if deviceid is None:
            raise InventoryUnreadable("The agent gives no deviceid")
        return Question(form, deviceid, _tasks(root))
    content = root.get("content")
    if not isinstance(content, dict):
        raise InventoryUnreadable("The inventory has no content")
    return _told(action, root, cast("Tree", content), deviceid, form)


def _action(document: Document) -> str:
    """Say what a message is for; GLPI's is an inventory where it does not say."""
    name = "action" if document.form == "json" else "query"
    said = values.text(document.root.get(name), 40)
    if said is None and document.form == "xml":
        raise InventoryUnreadable("The XML has no QUERY")
    return (said or "inventory").lower()


def _told(
    action: str,
    root: Tree,
    content: Tree,
    deviceid: str | None,
    form: Literal["json", "xml"],
) -> Message:
    if action == "inventory":
        return Told(form, (computers.read(root, content, deviceid),))
    networked_action = _NETWORKED.get(action)
    if networked_action is None:
        raise InventoryUnsupported(f"An agent's {action!r} is not taken here")
    reports = tuple(networked.read(root, content, networked_action))
    if reports:
        return Told(form, reports)
    if "agent" in content or "device" in content:
        # The round begins or ends, or nothing answered.
        return Note(form, deviceid or "")
    raise InventoryUnreadable("The message tells of no device")


def _tasks(root: Tree) -> tuple[str, ...]:
    named = trees.values(root, "enabled-tasks", "installed-tasks")
    read = (values.text(each, 40) for each in named[:MOST_TASKS])
    return tuple(each for each in read if each)
