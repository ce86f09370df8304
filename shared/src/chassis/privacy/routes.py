"""What the gateway asks of a service about people: no part of the public interface.

Only a token that the gateway signs in its own name opens it, and it says in which LAs.
What somebody is called stands in a body, never in an address.
"""

from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from chassis import db, errors, http
from chassis.auth import Actor, CurrentActor
from chassis.privacy import schemas, service
from chassis.privacy.model import Holdings

PREFIX = "/internal/privacy"
Db = Annotated[db.Database, Depends(http.database)]


async def the_gateway(actor: CurrentActor) -> Actor:
    """Find for which LAs the gateway asks.

    Raises:
        errors.Forbidden: it is somebody else.
    """
    if actor.kind != "service":
        raise errors.Forbidden
    return actor


TheGateway = Annotated[Actor, Depends(the_gateway)]


def router(holdings: Holdings) -> APIRouter:
    """Make the routes of a service that holds something about people."""
    made = APIRouter(prefix=PREFIX, include_in_schema=False)

    @made.post("/told")
    async def tell(database: Db, actor: TheGateway, asked: schemas.About) -> Response:
        """Tell what is held about somebody."""
        told = await service.tell(database, actor, holdings, asked.subject())
        return http.reply(told)

    @made.post("/erased")
    async def erase(database: Db, actor: TheGateway, asked: schemas.Erase) -> Response:
        """Erase somebody; once more does nothing more."""
        counts = await service.erase(
            database,
            actor,
            holdings,
            asked.subject(),
            with_texts=asked.with_texts,
            asked_by=asked.asked_by,
        )
        return http.reply(counts)

    @made.post("/expired")
    async def expire(
        database: Db, actor: TheGateway, asked: schemas.Expire
    ) -> Response:
        """Erase what is older than it is to be kept."""
        found = await service.expire(database, actor, holdings, asked.moments())
        return http.reply(found)

    return made
