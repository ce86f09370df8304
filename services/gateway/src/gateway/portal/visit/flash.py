"""What the next page says once, after a form: words from a closed list, and an undo."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import orjson

from gateway.sessions.seal import Seal

SECONDS = 60
LONGEST = 3000
"""A cookie that a browser still keeps; a longer undo is left out, never cut."""

TEXTS = {
    "agreement-added": "The agreement has been added.",
    "agreement-ended": "The last day is saved.",
    "asset-added": "The asset has been added.",
    "asset-changed": "Your changes have been saved.",
    "file-added": "It has been added.",
    "file-removed": "It has been removed.",
    "asset-moved": "The asset has been moved.",
    "scan-settled": "It is settled.",
    "stock-take-joined": "A colleague counts this room already: you have joined them.",
    "stock-take-closed": "The stock-take is closed.",
    "stock-take-abandoned": "The stock-take is given up: nothing comes of it.",
    "asset-issued": "It is given out.",
    "asset-returned": "It is back.",
    "custody-renewed": "The day is saved.",
    "asset-lost": "The asset is missing now.",
    "asset-found": "The asset is found.",
    "wipe-recorded": "It is written down that the data was erased.",
    "network-service-added": "The service has been added.",
    "repair-sent": "The asset is sent for repair.",
    "repair-closed": "The repair is closed.",
    "consumable-added": "It has been added. Write down what there is of it.",
    "stock-used": "It has been taken out of the stock.",
    "stock-put-back": "It is back in the stock.",
    "stock-ordered": "The order line has been written down.",
    "stock-received": "What came is in the stock.",
    "stock-cancelled": "The order line has been cancelled.",
    "stock-counted": "The count has been written down.",
    "calendar-changed": "The calendar has been changed. It governs from now on.",
    "circuit-added": "The line has been added.",
    "circuit-live": "The line is used now.",
    "circuit-ceased": "The line has ceased.",
    "circuit-measured": "The speed test has been written down.",
    "circuit-tested": "The failover test has been written down.",
    "licence-added": "The licence has been added.",
    "licence-removed": "The licence has been removed.",
    "supplier-added": "The supplier has been added.",
    "assets-merged": "The two assets are one now.",
    "assets-split": "The two assets are two again.",
    "assets-related": "The two assets are related.",
    "assets-parted": "The two assets are no longer related.",
    "device-identified": "It is saved: the next report of the machine goes by it.",
    "key-withdrawn": "The key has been withdrawn. Its machines are refused now.",
    "lives-set": "The years are saved.",
    "price-set": "The price is saved.",
    "price-removed": "The price has been removed.",
    "lifecycle-set": "What is known of the model is saved.",
    "names-merged": "The two names are one.",
    "picture-removed": "Its picture has been removed.",
    "picture-shown": "The picture is shown now.",
    "names-parted": "The two names are two again.",
    "list-taken": "The list has been taken in.",
    "asset-disposed": "The asset has been disposed of.",
    "asset-retired": "The asset has been retired.",
    "asset-reinstated": "The asset has been reinstated: it is as it was.",
    "ticket-opened": "The ticket has been opened. You will find every answer here.",
    "ticket-resolved": "The ticket has been resolved.",
    "ticket-taken": "It is yours.",
    "ticket-changed": "Your changes have been saved.",
    "ticket-rated": "Thank you. The team reads it.",
    "obstacles-told": "It is written down.",
    "time-logged": "The time is written down.",
    "time-taken-back": "It counts no more.",
    "ticket-waits": "The ticket waits: no clock runs meanwhile.",
    "ticket-goes-on": "The ticket goes on, and its clock with it.",
    "ticket-handed-over": "The ticket has been handed over.",
    "ticket-reopened": "The ticket has been reopened.",
    "ticket-closed": "The ticket has been closed.",
    "assets-changed": "The assets you chose have been changed.",
    "tickets-changed": "The tickets you chose have been changed.",
    "changes-undone": "It has been undone: everything is as it was.",
    "view-saved": "The view has been saved.",
    "view-changed": "The view has been changed.",
    "view-deleted": "The view has been deleted.",
    "comment-added": "Your comment has been added.",
    "notice-written": "The draft has been saved. Nobody else sees it yet.",
    "notice-changed": "Your changes have been saved.",
    "notice-published": "The notice has been published.",
    "notice-withdrawn": "The notice has been withdrawn.",
    "notice-put-away": "The notice has been put away.",
    "person-invited": "They have been invited, with the roles below."
    " The message goes out within a minute.",
    "people-brought": "The people of the file are in, and invited where they are new.",
    "person-changed": "The name and e-mail address have been saved.",
    "person-left": "Their roles have ended. What they had is kept below.",
    "tickets-handed-over": "Their open tickets have been handed over.",
    "erasure-asked": "They are being erased. It takes a minute or so.",
    "retention-changed": "It is saved. The next night goes by it.",
    "invitation-sent": "Another invitation goes out within a minute.",
    "mail-tried-again": "Messages go to their address again.",
    "role-given": "The role has been given.",
    "role-moved": "The days of the role have been changed.",
    "role-ended": "The role has ended.",
    "client-changed": "It is saved, and holds within seconds.",
    "client-withdrawn": "The client has been withdrawn. It is shut out within seconds.",
    "account-changed": "Your choice has been saved.",
    "second-step-removed": "It has been removed: nobody signs in with it any more.",
    "sessions-ended": "You are signed out everywhere else.",
    "import-given-up": "The import has been given up. Nothing was changed.",
}


@dataclass(frozen=True, slots=True)
class Undo:
    """A form that takes the last step back.

    `action` is a path of ours that takes a POST and judges again who may do it;
    `fields` are what it needs, such as the version that the step made. Many things at
    once are undone by the id of what was done to them, not by a list of theirs.
    """

    action: str
    fields: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class Flash:
    """What a page says of the step before it, and how to take that step back."""

    text: str
    undo: Undo | None = None


def write(seal: Seal, session_id: bytes, name: str, undo: Undo | None) -> str:
    """Write a flash as a cookie's value; "" where there is nothing to say.

    An undo is sealed together with the session: nobody else's browser can be made to
    offer it, and nothing in it can be changed.
    """
    if name not in TEXTS:
        return ""
    if undo is None:
        return name
    fields = orjson.dumps(dict(undo.fields)).decode()
    sealed = seal.close(
        {
            "name": name,
            "session": session_id.hex(),
            "action": undo.action,
            "fields": fields,
        }
    ).decode()
    return sealed if len(sealed) <= LONGEST else name


def read(seal: Seal, session_id: bytes, value: str) -> Flash | None:
    """Read what `write` wrote for this session, or None."""
    if value in TEXTS:
        return Flash(TEXTS[value])
    found = seal.open(value.encode(), SECONDS) if value else None
    if found is None or found.get("session") != session_id.hex():
        return None
    undo = Undo(found["action"], orjson.loads(found["fields"]))
    return Flash(TEXTS[found["name"]], undo)
