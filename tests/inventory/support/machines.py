"""Machines of known systems at two schools of an LA and one of another."""

from typing import Any

from chassis.testing.identities import at_la
from tests.inventory.world import FAR_AWAY, MANAGER, NEXT_DOOR, Call, registered

FAR_MANAGER = at_la("la-manager", "941")
WIN_10 = {"operating_system": "Microsoft Windows 10 Pro", "os_version": "22H2"}
WIN_11 = {"operating_system": "Microsoft Windows 11 Education", "os_version": "24H2"}
LTSC = {
    "operating_system": "Microsoft Windows 10 Enterprise LTSC",
    "os_version": "10.0.17763",
}
MAC = {"operating_system": "macOS", "os_version": "26.1"}
ODD = {"operating_system": "Toaster OS", "os_version": "3"}


async def stock(by: Call) -> dict[str, dict[str, Any]]:
    """Register what the tests count by hand.

    At HERE six in use: two on Windows 10, one each on 11 and LTSC, a tablet that says
    nothing, a server that says something odd; beside them a printer, and a laptop in
    store. Next door one on macOS; one in another LA.
    """
    made = {
        "A": await add(by, "A", details=WIN_10),
        "B": await add(by, "B", details=WIN_10, room="ict 1"),
        "C": await add(by, "C", details=WIN_11, category="desktop", room="Office"),
        "D": await add(by, "D", details=LTSC, room="Office"),
        "E": await add(by, "E", category="tablet", room=None),
        "F": await add(by, "F", category="server", details=ODD, room="Server room"),
        "G": await add(by, "G", category="printer"),
        "H": await add(by, "H", details=WIN_10, status="in-store"),
        "N": await add(by, "N", details=MAC, school_urn=NEXT_DOOR.urn),
    }
    far = by(FAR_MANAGER)
    made["X"] = await registered(
        far, tag="X", school_urn=FAR_AWAY.urn, details=WIN_10, serial=None
    )
    return made


async def add(by: Call, tag: str, **told: Any) -> dict[str, Any]:
    return await registered(by(MANAGER), tag=tag, serial=None, **told)


async def install(by: Call, kit: dict[str, Any], *titles: tuple[str, str, str]) -> None:
    """Let a machine have some titles: publisher, name, version."""
    told = [{"publisher": p, "name": n, "version": v} for p, n, v in titles]
    answer = await by(MANAGER).post(
        "/software/bulk",
        json={"items": [{"asset_id": kit["asset_id"], "titles": told}]},
    )
    assert answer.status_code == 201, answer.text
