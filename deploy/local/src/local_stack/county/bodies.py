"""The county's kit, software and tickets as the public API takes them."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from local_stack.county.model import Asset, County, Ticket

Ids = Mapping[tuple[int, str], str]
"""The id of each asset, by its school's URN and its tag."""

DEVICES = frozenset({"desktop", "laptop", "tablet"})
"""What the comparison counts, unless it is retired."""


def asset(one: Asset) -> dict[str, Any]:
    """Return a piece of kit as it is posted."""
    bought = one.purchased_on
    return {
        "school_urn": one.school_urn,
        "tag": one.tag,
        "category": one.category,
        "manufacturer": one.manufacturer,
        "model": one.model,
        "serial": one.serial,
        "room": one.room,
        "status": one.status,
        "purchased_on": None if bought is None else bought.isoformat(),
        **one.purchase,
        "details": dict(one.details),
    }


def software(one: Asset, ids: Ids) -> dict[str, Any] | None:
    """Return what is installed, or nothing of kit that is out of use."""
    if not one.software or one.status == "retired":
        return None
    titles = [
        {"publisher": t.publisher, "name": t.name, "version": t.version}
        for t in one.software
    ]
    return {"asset_id": ids[one.school_urn, one.tag], "titles": titles}


def subjects(county: County) -> dict[str, str]:
    """Return the account of each user name."""
    return {person.username: person.subject for person in county.people}


def ticket(one: Ticket, ids: Ids, people: Mapping[str, str]) -> dict[str, Any]:
    """Return a ticket with its past as it is posted."""
    tag = one.asset_tag
    told = {
        "school_urn": one.school_urn,
        "kind": one.kind,
        "summary": one.summary,
        "description": one.description,
        "impact": one.impact,
        "urgency": one.urgency,
        "asset_id": None if tag is None else ids[one.school_urn, tag],
        "requester_id": people[one.requester],
        "assignee_id": None if one.assignee is None else people[one.assignee],
        "status": one.status,
        "opened_at": _moment(one.opened_at),
        "started_at": _moment(one.started_at),
        "resolved_at": _moment(one.resolved_at),
        "closed_at": _moment(one.closed_at),
        "comments": [
            {
                "author_id": people[c.author],
                "body": c.body,
                "commented_at": _moment(c.at),
            }
            for c in one.comments
        ],
    }
    return {name: value for name, value in told.items() if value is not None}


def expected(
    county: County, assets: Iterable[Asset], tickets: Iterable[Ticket]
) -> dict[str, tuple[int, int]]:
    """Return for each LA how many devices and open tickets its comparison tells of."""
    home = {school.urn: school.la_code for school in county.schools}
    devices = Counter(
        home[one.school_urn]
        for one in assets
        if one.category in DEVICES and one.status != "retired"
    )
    opened = Counter(
        home[one.school_urn]
        for one in tickets
        if one.resolved_at is None and one.closed_at is None
    )
    return {
        authority.la_code: (devices[authority.la_code], opened[authority.la_code])
        for authority in county.authorities
    }


def _moment(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat().replace("+00:00", "Z")
