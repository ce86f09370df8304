"""The audit trail over HTTP, for any service: read by who may, changed by nobody."""

from collections.abc import Awaitable, Callable
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from chassis import db, http, problems
from chassis.audit import service
from chassis.audit.model import Outcome, Wanted
from chassis.auditing import schemas
from chassis.auth import Access, Actor
from chassis.paging import Page, PageQuery
from chassis.wire import Day, LaCode, Line

Caller = Callable[..., Awaitable[Actor]]
Db = Annotated[db.Database, Depends(http.database)]


async def wanted(  # noqa: PLR0913 - a query has as many fields
    *,
    la_code: Annotated[LaCode | None, Query(description="An LA's code.")] = None,
    school_id: Annotated[UUID | None, Query(description="A school's id.")] = None,
    principal: Annotated[
        Line | None, Query(max_length=200, description="Who did it.")
    ] = None,
    action: Annotated[
        Line | None,
        Query(max_length=80, description="`asset.moved`, or `asset` for all of them."),
    ] = None,
    target_id: Annotated[
        Line | None, Query(max_length=200, description="What it was done to.")
    ] = None,
    outcome: Outcome | None = None,
    from_on: Annotated[
        Day | None, Query(description="First day, as England counts it.")
    ] = None,
    to_on: Annotated[Day | None, Query(description="Last day.")] = None,
) -> Wanted:
    return Wanted(
        la_code, school_id, principal, action, target_id, outcome, from_on, to_on
    )


def router(prefix: str, access: Access, caller: Caller) -> APIRouter:
    """Make the route `{prefix}/audit` of one service.

    `access` says which roles read the record of an LA or school; `caller` is the
    dependency that finds who asks.
    """
    made = APIRouter(prefix=f"{prefix}/audit", tags=["audit"])

    @made.get("", response_model=schemas.EntriesAnswer, responses=problems.READING)
    async def list_entries(
        request: Request,
        database: Db,
        wanted: Annotated[Wanted, Depends(wanted)],
        page: PageQuery,
        actor: Annotated[Actor, Depends(caller)],
    ) -> Response:
        """List who did what within your scope, the newest first."""
        found = await service.list_entries(database, actor, access, wanted, page)
        items = [schemas.shown(entry) for entry in found.items]
        return http.reply_page(request, Page(items, found.next))

    return made
