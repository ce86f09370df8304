"""Whether software runs, over HTTP: parse, call the use case, shape the answer."""

from decimal import Decimal
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.responses import Response
from pydantic import Field, WithJsonSchema

from chassis import db, http, problems
from chassis.auth import CurrentActor
from chassis.wire import Line, UrnText
from inventory.fit import schemas, service
from inventory.fit.model.mending import Prices
from inventory.fit.model.needs import Family, Needs
from inventory.kinds.model.categories import Category
from inventory.support.routes import Today

router = APIRouter(prefix="/api/inventory/v1/fit", tags=["support"])
Db = Annotated[db.Database, Depends(http.database)]
Pence = Annotated[int | None, Query(ge=0, le=100_000_000)]


def _number(highest: int) -> WithJsonSchema:
    """Describe an exact number: pydantic would promise that any text is taken."""
    return WithJsonSchema({"type": "number", "minimum": 0, "maximum": highest})


Memory = Annotated[Decimal, Field(ge=0, le=65_536), _number(65_536)]
Storage = Annotated[Decimal, Field(ge=0, le=10_000_000), _number(10_000_000)]


async def needs(
    *,
    system: Annotated[
        Family | None, Query(description="The operating system that it needs.")
    ] = None,
    release: Annotated[
        int | None,
        Query(ge=1, le=999, description="The least release of it, such as 11."),
    ] = None,
    memory_gib: Memory | None = None,
    storage_gb: Storage | None = None,
    listed_processor: Annotated[
        bool,
        Query(description="Whether its processor has to be one for Windows 11."),
    ] = False,
) -> Needs:
    return Needs(system, release, memory_gib, storage_gb, listed_processor)


async def prices(
    memory_pence: Pence = None,
    storage_pence: Pence = None,
    system_pence: Pence = None,
    replacement_pence: Pence = None,
) -> Prices:
    return Prices(memory_pence, storage_pence, system_pence, replacement_pence)


@router.get("", response_model=schemas.FitAnswer, responses=problems.READING)
async def get_fit(  # noqa: PLR0913 - a question by its parts
    *,
    database: Db,
    actor: CurrentActor,
    day: Today,
    school: Annotated[UrnText, Query(description="URN of a school.")],
    needs: Annotated[Needs, Depends(needs)],
    prices: Annotated[Prices, Depends(prices)],
    room: Annotated[
        Line | None,
        Query(max_length=80, description="Name of a room, whatever its case."),
    ] = None,
    category: Category | None = None,
) -> Response:
    """Say on which machines of a school software runs that needs so much.

    What each of the others lacks, and its cheapest mend by the prices that you give.
    """
    asked = service.Asked(school, room or None, category, needs, prices)
    return http.reply(await service.get_fit(database, actor, day, asked))
