"""Comparisons over HTTP: parse, call one use case, shape the answer."""

from hashlib import sha256
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Query
from fastapi.responses import Response

from chassis import db, http, json, problems
from chassis.auth import CurrentActor
from chassis.wire import LaCode, UrnText
from strategy.benchmarks import schemas, service
from strategy.benchmarks.model.comparison import (
    ComparisonUnclear,
    Filters,
    Phase,
    Size,
    Sort,
)
from strategy.benchmarks.model.totals import MINIMUM_SCHOOLS

router = APIRouter(prefix="/api/strategy/v1/benchmarks", tags=["benchmarks"])
Db = Annotated[db.Database, Depends(http.database)]
IfNoneMatch = Annotated[
    str | None,
    Header(description="An `ETag` that you have the answer of."),
]


async def filters(
    phase: Annotated[
        Phase | None, Query(description="Of an LA: only schools of this phase.")
    ] = None,
    size: Annotated[
        Size | None, Query(description="Of an LA: only schools of so many pupils.")
    ] = None,
    district: Annotated[
        schemas.District | None,
        Query(description="Of an LA: only schools of the district of this name."),
    ] = None,
) -> Filters:
    return Filters(phase, size, district)


Narrowed = Annotated[Filters, Depends(filters)]


@router.get(
    "",
    response_model=schemas.AuthorityAnswer | schemas.SchoolAnswer,
    responses=problems.READING | {304: {"description": "You have this answer."}},
)
async def compare_schools(  # noqa: PLR0913, PLR0917 - one parameter per query parameter
    database: Db,
    actor: CurrentActor,
    narrowed: Narrowed,
    school: Annotated[
        UrnText | None, Query(description="URN of a school; or name an LA.")
    ] = None,
    la_code: Annotated[
        LaCode | None, Query(description="An LA, to see all of its schools.")
    ] = None,
    sort: Annotated[Sort, Query(description="Of an LA: the order.")] = "name",
    if_none_match: IfNoneMatch = None,
) -> Response:
    """Compare the schools of an LA, or one school with its peers' distribution."""
    if school is not None and la_code is None and narrowed == Filters():
        one = await service.compare_school(database, actor, school)
        return _reply(one, if_none_match)
    if la_code is not None and school is None:
        all_of_it = await service.compare_authority(
            database, actor, la_code, narrowed, sort
        )
        return _reply(all_of_it, if_none_match)
    raise ComparisonUnclear


@router.get(
    "/facts",
    response_model=schemas.FactsAnswer,
    responses=problems.READING | {304: {"description": "You have this answer."}},
)
async def explain_school(
    database: Db,
    actor: CurrentActor,
    school: Annotated[UrnText, Query(description="URN of a school.")],
    if_none_match: IfNoneMatch = None,
) -> Response:
    """Read what a school's figures are made of: its devices by age, its tickets."""
    found = await service.explain_school(database, actor, school)
    return _reply(found, if_none_match)


@router.get(
    "/authorities",
    response_model=schemas.TotalsAnswer,
    responses=problems.READING | {304: {"description": "You have this answer."}},
)
async def compare_authorities(
    database: Db, actor: CurrentActor, if_none_match: IfNoneMatch = None
) -> Response:
    """Sum up the LAs of your region by phase; small groups are withheld."""
    found = await service.compare_authorities(database, actor)
    answer = {"minimum_schools": MINIMUM_SCHOOLS, "authorities": found}
    return _reply(answer, if_none_match)


def _reply(value: object, held: str | None) -> Response:
    """Answer with a tag made from the content; who holds it already is told so."""
    tag = f'"{sha256(json.encode(value)).hexdigest()[:32]}"'
    if held is not None and tag in {t.strip() for t in held.split(",")}:
        return Response(status_code=304, headers={"etag": tag})
    return http.reply(value, headers={"etag": tag})
