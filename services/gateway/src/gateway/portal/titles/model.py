"""The columns of a file of the devices that have a title."""

from collections.abc import Mapping

from gateway.portal.tables.export import Cell
from gateway.portal.tables.model import Column
from gateway.portal.titles.schemas import Device

COLUMNS = (
    Column("tag", "Tag"),
    Column("school", "School"),
    Column("urn", "URN", "number"),
    Column("model", "Make and model"),
    Column("room", "Room"),
    Column("versions", "Version"),
    Column("seen_at", "Last seen", "moment"),
)


def cells(device: Device) -> Mapping[str, Cell]:
    return {
        "tag": device.tag,
        "school": device.school_name,
        "urn": device.school_urn,
        "model": device.called,
        "room": device.room,
        "versions": device.told,
        "seen_at": device.seen_at,
    }
