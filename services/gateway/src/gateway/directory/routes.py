"""The directory over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request
from fastapi.responses import Response

from chassis import http, problems
from chassis.paging import PageQuery
from chassis.wire import LaCode, UrnText
from gateway.callers.routes import CurrentCaller, CurrentDatabase
from gateway.directory import schemas, service
from gateway.directory.model import SchoolFilters

router = APIRouter(
    prefix="/api/directory/v1", tags=["directory"], responses=problems.READING
)


@router.get("/regions", response_model=schemas.RegionsAnswer)
async def list_regions(db: CurrentDatabase, actor: CurrentCaller) -> Response:
    """List the regions."""
    found = await service.list_regions(db, actor)
    return http.reply({"items": found, "next": None})


@router.get("/authorities", response_model=schemas.AuthoritiesAnswer)
async def list_authorities(db: CurrentDatabase, actor: CurrentCaller) -> Response:
    """List the local authorities."""
    found = await service.list_authorities(db, actor)
    return http.reply({"items": found, "next": None})


async def school_filters(
    la_code: Annotated[LaCode | None, Query()] = None,
    phase: Annotated[schemas.Phase | None, Query()] = None,
    q: Annotated[
        schemas.SearchText | None,
        Query(
            description=(
                "Beginnings of words: of the name, town, postcode, LAESTAB or a URN."
            )
        ),
    ] = None,
    status: Annotated[schemas.Status | None, Query()] = None,
    district: Annotated[
        schemas.GroupingName | None, Query(description="The district's whole name.")
    ] = None,
    grouping: Annotated[
        schemas.GroupingName | None,
        Query(description="The whole name of a trust or federation."),
    ] = None,
) -> SchoolFilters:
    return SchoolFilters(la_code, phase, q, status, district, grouping)


@router.get("/schools", response_model=schemas.SchoolsAnswer)
async def list_schools(
    request: Request,
    db: CurrentDatabase,
    actor: CurrentCaller,
    page: PageQuery,
    filters: Annotated[SchoolFilters, Depends(school_filters)],
) -> Response:
    """List the schools that you may see, by name."""
    found = await service.list_schools(db, actor, filters, page)
    return http.reply_page(request, found)


@router.get("/schools/{urn:int}", response_model=schemas.SchoolAnswer)
async def get_school(
    db: CurrentDatabase, actor: CurrentCaller, urn: Annotated[UrnText, Path()]
) -> Response:
    """Read a school by a URN that it has or had."""
    school = await service.get_school(db, actor, urn)
    return http.reply(school, version=school.version)


@router.get("/schools/{urn:int}/history", response_model=schemas.SchoolHistoryAnswer)
async def get_history(
    db: CurrentDatabase, actor: CurrentCaller, urn: Annotated[UrnText, Path()]
) -> Response:
    """Read a school's URNs, its earlier names, and the schools it is tied to."""
    return http.reply(await service.get_history(db, actor, urn))


@router.get("/groupings", response_model=schemas.GroupingsAnswer)
async def list_groupings(
    request: Request,
    db: CurrentDatabase,
    actor: CurrentCaller,
    page: PageQuery,
    kind: Annotated[schemas.GroupingKind | None, Query()] = None,
) -> Response:
    """List the trusts and federations of the schools that you may see, by name."""
    found = await service.list_groupings(db, actor, kind, page)
    return http.reply_page(request, found)


@router.get("/me", response_model=schemas.MeAnswer)
async def get_me(db: CurrentDatabase, actor: CurrentCaller) -> Response:
    """Say who is calling, and what they may do where."""
    schools = await service.my_schools(db, actor)
    return http.reply(
        {
            "principal": actor.principal,
            "kind": actor.kind,
            "viewed_by": actor.behind,
            "grants": actor.grants,
            "schools": schools,
        }
    )
