"""The use case of an import: every item, or nothing, in one transaction."""

from chassis import db, errors, idempotency
from chassis.auth import Actor
from chassis.errors import Fault
from inventory.assets import model as assets_model
from inventory.assets import service as assets
from inventory.assets.model import Wanted
from inventory.imports import model, schemas
from inventory.imports.model import Intake, Registered
from inventory.schools import service as schools
from inventory.schools.model import School, SchoolNotFound


async def import_assets(
    database: db.Database,
    actor: Actor,
    command: schemas.ImportAssets,
    key: str | None,
) -> Intake:
    """Register many assets; a repeat with the same key changes nothing.

    Raises:
        SchoolNotFound: items name schools that are not within the scope.
        errors.Forbidden: the actor may not register at some of the schools.
        RetiredInRoom: a retired asset is given a room.
        DetailsWrong: a kind of kit has no such field, or a value is not of its form.
        AssetTagTaken: tags are taken.
    """
    async with database.begin(actor, assets_model.REGISTERING) as tx:
        if earlier := await idempotency.earlier(tx, key, command, Intake):
            return earlier
        places = await _places(tx, actor, command)
        _require_no_room_of_the_retired(command)
        wanted = [
            Wanted(at, item.model_dump(), f"/items/{place}")
            for place, (at, item) in enumerate(zip(places, command.items, strict=True))
        ]
        made = await assets.insert_many(tx, wanted)
        intake = Intake([Registered(a.asset_id, a.school_urn, a.tag) for a in made])
        await idempotency.keep(tx, key, intake)
    return intake


async def _places(
    tx: db.Tx, actor: Actor, command: schemas.ImportAssets
) -> list[School]:
    """Find each item's school, at which the actor may register."""
    found = await schools.schools_of(tx, {item.school_urn for item in command.items})
    unknown = [
        Fault(f"/items/{place}/school_urn", SchoolNotFound.title)
        for place, item in enumerate(command.items)
        if item.school_urn not in found
    ]
    if unknown:
        raise SchoolNotFound(errors=unknown)
    places = [found[item.school_urn] for item in command.items]
    closed = [
        Fault(f"/items/{place}/school_urn", errors.Forbidden.title)
        for place, at in enumerate(places)
        if not actor.may(assets_model.ACCESS.write, at.la_code, at.school_id)
    ]
    if closed:
        raise errors.Forbidden(errors=closed)
    return places


def _require_no_room_of_the_retired(command: schemas.ImportAssets) -> None:
    faults = [
        Fault(f"/items/{place}/room", model.RetiredInRoom.title)
        for place, item in enumerate(command.items)
        if item.status == "retired" and item.room is not None
    ]
    if faults:
        raise model.RetiredInRoom(faults=faults)
