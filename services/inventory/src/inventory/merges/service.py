"""The use cases of names that are one: each opens the one transaction it needs."""

from uuid import UUID

from chassis import db, idempotency
from chassis.audit import service as audit
from chassis.audit.model import Target
from chassis.auth import Actor
from chassis.paging import Page, PageRequest
from inventory.catalogue import service as catalogue
from inventory.catalogue.model import entries, naming
from inventory.catalogue.model.entries import ACCESS, WRITERS, Merge
from inventory.catalogue.model.listing import Catalogue
from inventory.catalogue.model.naming import Words
from inventory.merges import schemas, store


async def merge(
    database: db.Database,
    actor: Actor,
    command: schemas.MergeNames,
    key: str | None,
) -> Merge:
    """Let one make or model be called like another of the same LA, until undone.

    Raises:
        ModelNotFound, MakeNotFound: one is not within the scope.
        errors.Forbidden: the actor does not say so there.
        MergeOfItself: both are one already, or are of different LAs.
    """
    async with database.begin(actor, ACCESS) as tx:
        if earlier := await idempotency.earlier(tx, key, command, Merge):
            return earlier
        whole = await catalogue.whole_of(tx, actor, None, None)
        (la_code, start), (other, into) = (
            _named(whole, command, each) for each in (command.from_id, command.into_id)
        )
        actor.require(WRITERS, la_code, None)
        if la_code != other or start.key == into.key:
            raise entries.MergeOfItself
        made = await store.insert_merge(tx, la_code, command.kind, start, into)
        target = Target("merge", made.merge_id, la_code, None)
        await audit.record(tx, "merge.made", target, after=_said(made))
        await idempotency.keep(tx, key, made)
    return made


async def list_merges(
    database: db.Database, actor: Actor, la_code: str | None, page: PageRequest
) -> Page[Merge]:
    """List what LAs merged, in schools' words: only to readers of a whole LA."""
    las = [la for la in actor.las(ACCESS.read) if la_code in {None, la}]
    async with database.read(actor, ACCESS) as tx:
        return await store.list_newest_merges(tx, las, page)


async def undo_merge(database: db.Database, actor: Actor, merge_id: UUID) -> None:
    """Let two makes or models that were merged be two again.

    Raises:
        MergeNotFound: there is none within the scope.
        errors.Forbidden: the actor does not say so there.
    """
    async with database.begin(actor, ACCESS) as tx:
        found = await store.get_merge(tx, merge_id)
        if found is None or not actor.may(ACCESS.read, found.la_code, None):
            raise entries.MergeNotFound
        actor.require(WRITERS, found.la_code, None)
        if not await store.delete_merge(tx, found.la_code, merge_id):
            raise entries.MergeNotFound
        target = Target("merge", merge_id, found.la_code, None)
        await audit.record(tx, "merge.undone", target, _said(found), {})


def _named(
    whole: Catalogue, command: schemas.MergeNames, thing: UUID
) -> tuple[str, Words]:
    """Find a make or model that is to be merged; of a make, the model is all one."""
    if command.kind == "make":
        make = whole.find_make(thing)
        named = naming.make_of(make.make)
        return make.la_code, Words(named, naming.model_of(named, ""))
    model = whole.find(thing).model
    named = naming.make_of(model.make)
    return model.la_code, Words(named, naming.model_of(named, model.model))


def _said(merge: Merge) -> dict[str, object]:
    names = ("kind", "from_make", "from_model", "into_make", "into_model")
    return {name: value for name in names if (value := getattr(merge, name))}
