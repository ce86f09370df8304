"""The use cases of enrolment keys: make, list, rotate, withdraw, say whose one is."""

from datetime import timedelta
from uuid import UUID

from chassis import conditional, db, errors, idempotency
from chassis.audit import service as audit
from chassis.auth import SERVICE_ACCESS, Actor, service_actor
from chassis.paging import Page, PageRequest
from inventory.enrolment import model, schemas, store
from inventory.enrolment.model import EnrolmentKey, Holder, Made
from inventory.schools import model as schools_model
from inventory.schools import service as schools
from inventory.schools.model import School


async def make_key(
    database: db.Database, actor: Actor, command: schemas.MakeKey, key: str | None
) -> Made:
    """Make a key. Its letters are said this once: a repeat says the key alone.

    Raises:
        SchoolNotFound: the school is not within the scope.
        errors.Forbidden: the actor may not make one there.
        TooManyEnrolmentKeys: the school has as many as it may.
    """
    async with database.begin(actor, model.MAKING) as tx:
        if earlier := await idempotency.earlier(tx, key, command, UUID):
            return Made(await _key_of(tx, actor, earlier), None)
        school = await schools.school_of(tx, command.school_urn)
        actor.require(model.ACCESS.write, school.la_code, school.school_id)
        if await store.count_keys_locked(tx, school.school_id) >= model.MOST_KEYS:
            raise model.TooManyEnrolmentKeys
        letters = model.fresh_key()
        made = await _insert(tx, school, command.name, letters)
        await audit.record_many(tx, [model.recorded("made", made)])
        await idempotency.keep(tx, key, made.key_id)
    return Made(made, letters)


async def enrol(
    database: db.Database, place: tuple[str, int], name: str, letters: str
) -> None:
    """Let a school (its LA and URN) have a key of known letters; a repeat is none.

    For who sets a school up without a person at hand: an operator, a demonstration.

    Raises:
        SchoolNotFound: the LA has no such school.
        ValueError: the letters have not the form of a key.
    """
    la_code, urn = place
    if not letters.startswith(model.PREFIX) or len(letters) > model.LONGEST_KEY:
        msg = f"a key begins with {model.PREFIX}, and has {model.LONGEST_KEY} letters"
        raise ValueError(msg)
    if await store.find_holder(database, model.hash_of(letters)):
        return
    ourselves = service_actor("inventory", [la_code])
    async with database.begin(ourselves, SERVICE_ACCESS) as tx:
        school = await schools.school_of(tx, urn)
        made = await _insert(tx, school, name, letters)
        await audit.record_many(tx, [model.recorded("made", made)])


async def list_keys(
    database: db.Database, actor: Actor, school_urn: int | None, page: PageRequest
) -> Page[EnrolmentKey]:
    """List keys of the scope; an unknown school is not one without keys."""
    school_id = None
    if school_urn is not None:
        async with database.read(actor, schools_model.ACCESS) as tx:
            school = await schools.school_of(tx, school_urn)
        actor.require(model.ACCESS.read, school.la_code, school.school_id)
        school_id = school.school_id
    async with database.read(actor, model.ACCESS) as tx:
        return await store.list_keys(tx, actor, school_id, page)


async def get_key(database: db.Database, actor: Actor, key_id: UUID) -> EnrolmentKey:
    async with database.read(actor, model.ACCESS) as tx:
        return await _key_of(tx, actor, key_id)


async def rotate_key(
    database: db.Database, actor: Actor, key_id: UUID, version: int, overlap: timedelta
) -> Made:
    """Give a key other letters; the present ones end after the overlap.

    Raises:
        EnrolmentKeyWithdrawn: it was withdrawn.
    """
    letters = model.fresh_key()
    async with database.begin(actor, model.ACCESS) as tx:
        old = await _writable(tx, actor, key_id, version)
        hint, key_hash = model.hint_of(letters), model.hash_of(letters)
        if not await store.rotate_key(tx, old, hint, key_hash, overlap):
            raise errors.Stale
        rotated = await _key_of(tx, actor, key_id)
        await audit.record_many(tx, [model.recorded("rotated", rotated)])
    return Made(rotated, letters)


async def withdraw_key(
    database: db.Database, actor: Actor, key_id: UUID, version: int
) -> EnrolmentKey:
    """Take a key no more, from now on.

    Raises:
        EnrolmentKeyWithdrawn: it was withdrawn already.
    """
    async with database.begin(actor, model.ACCESS) as tx:
        old = await _writable(tx, actor, key_id, version)
        if not await store.withdraw_key(tx, old):
            raise errors.Stale
        withdrawn = await _key_of(tx, actor, key_id)
        await audit.record_many(tx, [model.recorded("withdrawn", withdrawn)])
    return withdrawn


async def holder_of(database: db.Database, key: str) -> Holder:
    """Say whose a key is, before anybody's scope is known.

    Raises:
        EnrolmentKeyRefused: it is nobody's, or no longer.
    """
    if not key.startswith(model.PREFIX) or len(key) > model.LONGEST_KEY:
        raise model.EnrolmentKeyRefused
    holder = await store.find_holder(database, model.hash_of(key))
    if holder is None:
        raise model.EnrolmentKeyRefused
    return holder


async def note_use(tx: db.Tx, holder: Holder) -> None:
    """Keep when a key was last used; asked for where it is an hour since."""
    await store.touch_key(tx, holder.key_id)


async def _insert(tx: db.Tx, school: School, name: str, letters: str) -> EnrolmentKey:
    values = {
        "la_code": school.la_code,
        "school_id": school.school_id,
        "name": name,
        "hint": model.hint_of(letters),
        "key_hash": model.hash_of(letters),
    }
    return await store.insert_key(tx, values)


async def _key_of(tx: db.Tx, actor: Actor, key_id: UUID) -> EnrolmentKey:
    found = await store.get_key(tx, key_id)
    # Whoever makes one sees more schools than those whose keys they may know of.
    if found is None or not actor.may(
        model.ACCESS.read, found.la_code, found.school_id
    ):
        raise model.EnrolmentKeyNotFound
    return found


async def _writable(
    tx: db.Tx, actor: Actor, key_id: UUID, version: int
) -> EnrolmentKey:
    found = await _key_of(tx, actor, key_id)
    actor.require(model.ACCESS.write, found.la_code, found.school_id)
    conditional.check(version, found.version)
    return model.standing(found)
