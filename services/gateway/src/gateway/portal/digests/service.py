"""Writes the week's post to whoever wants it, by what they themselves may see."""

from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from datetime import datetime

import structlog

from chassis import errors
from chassis.auth import Actor
from chassis.db import Database
from gateway.callers.upstream import Upstream
from gateway.directory import service as directory
from gateway.directory.model import School
from gateway.mail import service as mail
from gateway.mail import writing
from gateway.mail.model import Kind, Letter, Reader
from gateway.portal.custody import service as custody
from gateway.portal.digests import model
from gateway.portal.digests.model import Due, Owed, Part
from gateway.portal.estate import service as estate
from gateway.portal.visit.model import LA_ROLES, READERS
from gateway.principals import service as principals

KIND: Kind = "kit-week"
_TEMPLATE = "kit-week"
_LOG = structlog.stdlib.get_logger("gateway.digests")
Ask = Callable[[Actor], Upstream]
"""Gives the services as somebody may use them."""


async def write_due(
    db: Database, ask: Ask, public_url: str, link: writing.Link, now: datetime
) -> int:
    """Write the week's post to each who has not had it; say how many messages.

    A service that does not answer is asked again at the next run: nobody is passed
    over, and nobody told twice.
    """
    week, written = model.week_due(now), 0
    for reader in await mail.list_readers(db, KIND, week):
        try:
            letter = await _letter(db, ask, public_url, link, reader)
        except (errors.Unavailable, errors.TimedOut):
            _LOG.warning("the week's post waits for a service")
            return written
        written += await mail.tell(db, reader, KIND, (week, now), letter)
    return written


async def _letter(
    db: Database, ask: Ask, public_url: str, link: writing.Link, reader: Reader
) -> Letter | None:
    """Write somebody's; None where they look after nothing (any more)."""
    actor = await principals.resolve_actor(db, str(reader.person_id), "person")
    parts = [part async for part in _parts(db, actor, ask(actor))]
    if not parts:
        return None
    told = {
        "name": reader.display_name,
        "parts": parts,
        "url": public_url,
        "stop": link(reader.person_id, KIND),
    }
    return writing.letter(_TEMPLATE, model.subject(parts), told)


async def _parts(
    db: Database, actor: Actor, upstream: Upstream
) -> AsyncGenerator[Part]:
    """Say how the kit stands of each LA of theirs, then of schools of other LAs."""
    las = actor.las(LA_ROLES)[: model.MOST_LAS]
    mine = await directory.my_schools(db, actor)
    for la_code in las:
        found = await estate.get_authority(upstream, la_code, "")
        schools = await estate.every_school(upstream, la_code)
        name = next((s.la_name for s in mine if s.la_code == la_code), la_code)
        due = await _due(upstream, {"la_code": la_code})
        yield model.of_authority(la_code, name, found, list(schools.values()), due)
    for school in _held(actor, mine, las)[: model.MOST_SCHOOLS]:
        today = await estate.get_today(upstream, school.urn)
        due = await _due(upstream, {"school": school.urn})
        yield model.of_school(school.urn, school.name, today, due)


async def _due(upstream: Upstream, place: Mapping[str, str | int]) -> Due:
    """Read what should be back at a school or an LA, and what is due within a week."""
    return Due(
        *[
            Owed(
                await custody.count_of_state(upstream, place, state),
                await custody.list_of_state(upstream, place, state, model.MOST_OWED),
            )
            for state in ("overdue", "due-soon")
        ]
    )


def _held(actor: Actor, mine: Sequence[School], las: Sequence[str]) -> list[School]:
    return [
        school
        for school in mine
        if school.la_code not in las
        and actor.may(READERS, school.la_code, school.school_id)
    ]
