"""Inventory and service desk as they follow the directory, each with its database."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Self
from uuid import UUID, uuid4

from chassis import consumer
from chassis.db import Database
from chassis.paging import PageRequest
from chassis.testing.databases import ServiceDatabase
from chassis.testing.identities import at_la
from contracts import event
from contracts.event import Received
from contracts.gateway import SchoolRecorded
from gateway.register.model.england import AUTHORITIES
from inventory.assets import schemas as asset_schemas
from inventory.assets import service as assets
from inventory.assets.model import AssetFilter
from inventory.work import SERVICE as INVENTORY
from servicedesk.tickets import schemas as ticket_schemas
from servicedesk.tickets import service as tickets
from servicedesk.tickets.model import TicketFilter
from servicedesk.work import SERVICE as SERVICEDESK

EVERYWHERE = at_la("rbc-system", *sorted(AUTHORITIES))
PAGE = PageRequest(50, None)
SERVICES = {"inventory": INVENTORY, "servicedesk": SERVICEDESK}


@dataclass(slots=True)
class Followers:
    """The two services, and the ids of what schools were given in them, by URN."""

    apps: dict[str, Database]
    workers: dict[str, Database]
    kit: dict[int, tuple[UUID, UUID]] = field(default_factory=dict)

    @classmethod
    async def open(cls, database_of: Callable[..., ServiceDatabase]) -> Self:
        stored = {name: database_of(name, copy="england") for name in SERVICES}
        made = cls(
            {name: Database(each.app, 3, name) for name, each in stored.items()},
            {name: Database(each.worker, 3, name) for name, each in stored.items()},
        )
        for database in made._all():
            await database.open()
        return made

    async def close(self) -> None:
        for database in self._all():
            await database.close()

    def _all(self) -> list[Database]:
        return [*self.apps.values(), *self.workers.values()]

    async def hear(self, said: Sequence[tuple[Any, ...]]) -> None:
        """Apply what the directory said of schools, as the consumers do: LA by LA."""
        groups: defaultdict[str, list[Received]] = defaultdict(list)
        for kind, data in said:
            if event.facts()[kind] is SchoolRecorded:
                fact = SchoolRecorded.model_validate(data)
                name = event.name_of(SchoolRecorded)
                received = Received(uuid4(), name, datetime.now(UTC), None, fact)
                groups[fact.la_code].append(received)
        for service, worker in self.workers.items():
            subscription = SERVICES[service].subscriptions[0]
            for group in groups.values():
                await consumer.apply(worker, service, subscription, group)

    async def fill(self, urns: Sequence[int]) -> None:
        """Give each school a laptop and a ticket for it."""
        for urn in urns:
            laptop = asset_schemas.RegisterAsset(
                school_urn=urn,
                tag="LT-1",
                category="laptop",
                manufacturer="Lenovo",
                model="L13",
            )
            fault = ticket_schemas.OpenTicket(
                school_urn=urn,
                asset_id=None,
                kind="incident",
                summary="It stays dark",
                description="Since Monday",
                impact="low",
                urgency="low",
            )
            asset = await assets.register_asset(
                self.apps["inventory"], EVERYWHERE, laptop, None
            )
            ticket = await tickets.open_ticket(
                self.apps["servicedesk"],
                EVERYWHERE,
                fault,
                None,
                datetime.now(UTC),
            )
            self.kit[urn] = (asset.asset_id, ticket.ticket_id)

    async def kept(self, old: int, new: int) -> tuple[int, int]:
        """Find a school's laptop and ticket by either URN; say where they are now.

        Answers with the URN it was filled under and the one that all of it shows.
        """
        shown: set[int] = set()
        for urn in (old, new):
            laptops = await assets.list_assets(
                self.apps["inventory"],
                EVERYWHERE,
                AssetFilter(school_urn=urn),
                "tag",
                PAGE,
            )
            jobs = await tickets.list_tickets(
                self.apps["servicedesk"],
                EVERYWHERE,
                TicketFilter(school_urn=urn),
                "priority",
                PAGE,
            )
            [laptop], [job] = laptops.items, jobs.items
            assert (laptop.asset_id, job.ticket_id) == self.kit[old]
            shown |= {laptop.school_urn, job.school_urn}
        [present] = shown
        return old, present
