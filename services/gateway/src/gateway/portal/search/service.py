"""Asks every part of the product at once, each with the caller's own scope."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from pydantic import TypeAdapter

from chassis import errors
from chassis.auth import Actor
from chassis.db import Database
from chassis.paging import PageRequest
from gateway import days
from gateway.callers.upstream import Upstream
from gateway.directory import service as directory
from gateway.people import service as people
from gateway.people.model import PeopleFilters
from gateway.portal.assets import service as assets
from gateway.portal.assets.schemas import Asset
from gateway.portal.comparison import model as words
from gateway.portal.search.model import FEW, Group, Hit, Kind
from gateway.portal.templates import formats
from gateway.portal.tickets import model as ticket_words
from gateway.portal.tickets import service as tickets
from gateway.portal.tickets.schemas import Ticket
from gateway.portal.visit import service as visit
from gateway.portal.visit.model import PEOPLE_READERS
from gateway.portal.visit.schemas import Listing

_ASSETS = TypeAdapter(Listing[Asset])
_TICKETS = TypeAdapter(Listing[Ticket])
_SILENT = (errors.Unavailable, errors.TimedOut)


@dataclass(frozen=True, slots=True)
class Search:
    """A search: who asks, for which text, how many of each kind, and after which."""

    actor: Actor
    database: Database
    upstream: Upstream
    text: str
    size: int = FEW
    after: str | None = None


Finder = Callable[[Search], Awaitable[Group]]


async def search(asked: Search, kinds: Sequence[Kind]) -> list[Group]:
    """Find things of some kinds; a part that does not answer is said to be silent."""
    if not asked.text:
        return []
    return list(await asyncio.gather(*(_group(asked, kind) for kind in kinds)))


async def _group(asked: Search, kind: Kind) -> Group:
    try:
        return await _FINDERS[kind](asked)
    except _SILENT:
        return Group(kind, None)
    except (errors.Forbidden, errors.Invalid, errors.NotFound):
        return Group(kind, ())


async def _schools(asked: Search) -> Group:
    found = await directory.find_schools(
        asked.database, asked.actor, asked.text, asked.size
    )
    hits = [
        Hit(
            school.name,
            f"{words.PHASES.get(school.phase) or formats.words(school.phase)},"
            f" {school.town or school.la_name}, URN {school.urn}",
            f"/schools/{school.urn}",
        )
        for school in found.schools
    ]
    return Group("schools", hits, found.total, guessed=found.guessed)


async def _assets(asked: Search) -> Group:
    by_tag = {"sort": "tag"}
    found = await _listing(asked, "inventory", assets.PATH, _ASSETS, by_tag)
    if guessed := not found.items:
        nearly = {**by_tag, "match": "near"}
        found = await _listing(asked, "inventory", assets.PATH, _ASSETS, nearly)
    names = await _names(asked, [asset.school_urn for asset in found.items])
    hits = [
        Hit(
            f"{asset.tag}: {asset.manufacturer} {asset.model}",
            _joined(
                f"Serial {asset.serial}" if asset.serial else None,
                asset.room,
                names.get(asset.school_urn),
            ),
            f"/schools/{asset.school_urn}/assets/{asset.asset_id}",
        )
        for asset in found.items
    ]
    return Group("assets", hits, next=found.next, guessed=guessed)


async def _tickets(asked: Search) -> Group:
    newest = {"sort": "-opened_at", "q": asked.text.removeprefix("#")}
    found = await _listing(asked, "servicedesk", tickets.PATH, _TICKETS, newest)
    names = await _names(asked, [ticket.school_urn for ticket in found.items])
    hits = [
        Hit(
            ticket.summary,
            _joined(
                f"Number {ticket.number}",
                ticket_words.STATUSES.get(ticket.status),
                names.get(ticket.school_urn),
            ),
            f"/schools/{ticket.school_urn}/tickets/{ticket.ticket_id}",
        )
        for ticket in found.items
    ]
    return Group("tickets", hits, next=found.next)


async def _people(asked: Search) -> Group:
    page = PageRequest(asked.size, asked.after)
    named = PeopleFilters(asked.text)
    today = days.day_in_england(datetime.now(UTC))
    found = await people.list_people(asked.database, asked.actor, named, page, today)
    has_pages = any(g.role in PEOPLE_READERS for g in asked.actor.grants)
    hits = [
        Hit(
            person.display_name,
            person.email,
            f"/people/{person.person_id}" if has_pages else f"mailto:{person.email}",
        )
        for person in (known.person for known in found.items)
    ]
    return Group("people", hits, next=found.next)


_FINDERS: dict[Kind, Finder] = {
    "schools": _schools,
    "assets": _assets,
    "tickets": _tickets,
    "people": _people,
}


async def _listing(
    asked: Search,
    service: str,
    path: str,
    shape: TypeAdapter[visit.Wanted],
    more: dict[str, str],
) -> visit.Wanted:
    params = {"q": asked.text, "limit": asked.size, "after": asked.after, **more}
    return await visit.fetch(asked.upstream, service, path, shape, visit.given(params))


async def _names(asked: Search, urns: list[int]) -> dict[int, str]:
    """Name the schools of what was found."""
    wanted = sorted(set(urns))
    found = await directory.schools_of_urns(asked.database, asked.actor, wanted)
    return {school.urn: school.name for school in found}


def _joined(*parts: str | None) -> str:
    return ", ".join(part for part in parts if part)
