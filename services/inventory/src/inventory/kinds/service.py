"""The use cases of kinds: each opens the one transaction it needs."""

from collections.abc import Sequence
from uuid import UUID

from chassis import db, outbox
from chassis.audit import service as audit
from chassis.audit.model import Target
from chassis.auth import SERVICE_ACCESS, Actor
from contracts import inventory as facts
from inventory.kinds import schemas, store
from inventory.kinds.model import lives, own
from inventory.kinds.model.lives import Kinds
from inventory.schools import service as schools
from inventory.schools.model import Recorded


async def list_kinds(
    database: db.Database, actor: Actor, la_code: str | None, urn: int | None
) -> Kinds:
    """List every kind of kit, as it is at a school or an LA.

    Raises:
        lives.PlaceUnclear: neither is named, or both are.
        lives.AuthorityNotFound, SchoolNotFound: it is not within the scope.
    """
    async with database.read(actor, lives.ACCESS) as tx:
        return await _kinds(tx, *await place_of(tx, actor, la_code, urn))


async def set_life(
    database: db.Database, actor: Actor, command: schemas.SetLife
) -> Kinds:
    """Say how long a kind of kit is expected to last at a school or an LA.

    Raises:
        lives.PlaceUnclear: neither is named, or both are.
        lives.AuthorityNotFound, SchoolNotFound: it is not within the scope.
        errors.Forbidden: the actor does not say so there.
    """
    async with database.begin(actor, lives.ACCESS) as tx:
        la_code, school_id = await place_of(
            tx, actor, command.la_code, command.school_urn
        )
        roles = lives.ACCESS.write if school_id else lives.AUTHORITY_WRITERS
        actor.require(roles, la_code, school_id)
        before = {each.category: each for each in await _lives(tx, la_code, school_id)}
        policy = await store.set_life(
            tx, la_code, school_id, command.category, command.years
        )
        if policy is not None:
            was = before[command.category]
            years = was.school_years if school_id else was.authority_years
            target = Target("kind", command.category, la_code, school_id)
            was_said, is_said = {"years": years}, {"years": policy.years}
            await audit.record(tx, "kind.life-set", target, was_said, is_said)
            await outbox.enqueue(tx, lives.said(facts.LifeSet, policy))
        return await _kinds(tx, la_code, school_id)


async def follow_schools(tx: db.Tx, recorded: Sequence[Recorded]) -> None:
    """Say to another LA what the schools that pass to it say of their kit."""
    for school in recorded:
        if school.old_la_code in {None, school.la_code}:
            continue
        policies = await store.renew_lives(tx, school.school_id)
        await outbox.enqueue_many(tx, [lives.said(facts.LifeSet, p) for p in policies])


async def restate_lives(database: db.Database, actor: Actor) -> int:
    """Say every policy of the actor's LAs and their schools again, as events."""
    async with database.begin(actor, SERVICE_ACCESS) as tx:
        policies = await store.restate_lives(tx)
        await outbox.enqueue_many(
            tx, [lives.said(facts.LifeRestated, each) for each in policies]
        )
    return len(policies)


async def place_of(
    tx: db.Tx, actor: Actor, la_code: str | None, urn: int | None
) -> tuple[str, UUID | None]:
    """Find the LA, or the school, of which something is said.

    Raises:
        lives.PlaceUnclear: neither is named, or both are.
        lives.AuthorityNotFound, SchoolNotFound: it is not within the scope.
    """
    if urn is not None and la_code is None:
        school = await schools.school_of(tx, urn)
        return school.la_code, school.school_id
    if la_code is not None and urn is None:
        if not actor.may(lives.ACCESS.read, la_code, None):
            raise lives.AuthorityNotFound(la_code=la_code)
        return la_code, None
    raise lives.PlaceUnclear


async def _lives(tx: db.Tx, la_code: str, school_id: UUID | None) -> list[lives.Life]:
    return await store.list_lives(tx, la_code, school_id)


async def _kinds(tx: db.Tx, la_code: str, school_id: UUID | None) -> Kinds:
    found = await _lives(tx, la_code, school_id)
    return Kinds(
        [lives.kind(life, tuple(own.FIELDS[life.category].values())) for life in found]
    )
