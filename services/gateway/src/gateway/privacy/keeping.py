"""Every night each LA lets go of what it keeps no longer, and says so in a report."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial

import structlog

from chassis import auth, errors
from chassis.db import Database
from chassis.privacy import service as holding
from gateway.privacy import model, store
from gateway.privacy.holders import Holders
from gateway.provisioning import service as provisioning

_LOG = structlog.stdlib.get_logger("gateway.privacy")


async def tidy_all(
    db: Database, holders: Holders, clock: Callable[[], datetime]
) -> None:
    """Tidy each LA whose last run that went well is a day ago; none waits."""
    everywhere = await provisioning.everywhere(db)
    async with db.read(everywhere, auth.SERVICE_ACCESS) as tx:
        due = await store.list_las_to_tidy(tx, clock() - model.AGAIN_AFTER)
    for la_code in due:
        await tidy(db, holders, la_code, clock())
    # No LA says how long this is kept: attempts to sign in by nobody that it knows.
    months = model.RULES["record"].usual
    before = model.before(clock(), months)
    await holding.expire_unplaced_record(db, everywhere, before)


async def tidy(db: Database, holders: Holders, la_code: str, now: datetime) -> None:
    """Let go of what an LA keeps no longer, and keep what that was."""
    ourselves = model.in_own_name([la_code])
    async with db.read(ourselves, auth.SERVICE_ACCESS) as tx:
        kept = model.kept_by(await store.list_rules(tx, la_code))
    before = {kind: model.before(now, months) for kind, months in kept.items()}
    erased: dict[str, dict[str, int]] = {}
    problems: list[str] = []

    async def expire_own() -> dict[str, int]:
        found = await holding.expire_record(db, ourselves, before["record"])
        return {holding.RECORD: found}

    asked = {kind: before[kind] for kind in ("tickets", "record", "imports")}
    parts: dict[str, Callable[[], Awaitable[dict[str, int]]]] = {
        service: partial(holders.expire, service, la_code, asked)
        for service in holders.names
    }
    for part, expire in {**parts, model.DIRECTORY: expire_own}.items():
        try:
            erased[part] = await expire()
        except (errors.Unavailable, errors.TimedOut) as away:
            _LOG.warning("a part is not tidied", part=part, la_code=la_code)
            problems.append(f"{part.capitalize()}: {away.detail}")
    everywhere = await provisioning.everywhere(db)
    async with db.begin(everywhere, auth.SERVICE_ACCESS) as tx:
        gone = await store.ask_for_those_long_gone(tx, la_code, before["people"])
        erased.setdefault(model.DIRECTORY, {})["people"] = gone
        found = {
            holder: {thing: count for thing, count in of.items() if count}
            for holder, of in erased.items()
        }
        problem = "; ".join(problems) or None
        await store.insert_run(tx, la_code, now, found, problem)
