"""Kinds of kit over HTTP: parse, call one use case, shape the answer."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.responses import Response

from chassis import db, http, problems
from chassis.auth import CurrentActor
from chassis.wire import LaCode, UrnText
from inventory.kinds import schemas, service

router = APIRouter(prefix="/api/inventory/v1/kinds", tags=["kinds"])
Db = Annotated[db.Database, Depends(http.database)]


@router.get("", response_model=schemas.KindsAnswer, responses=problems.READING)
async def list_kinds(
    database: Db,
    actor: CurrentActor,
    school: Annotated[UrnText | None, Query(description="URN of a school.")] = None,
    la_code: Annotated[LaCode | None, Query(description="An LA's code.")] = None,
) -> Response:
    """List the kinds of kit: their own fields, and how long they last there."""
    return http.reply(await service.list_kinds(database, actor, la_code, school))


@router.put(
    "/expected-life", response_model=schemas.KindsAnswer, responses=problems.WRITING
)
async def set_life(
    database: Db, actor: CurrentActor, command: schemas.SetLife
) -> Response:
    """Say how long a kind of kit is expected to last at a school or an LA."""
    return http.reply(await service.set_life(database, actor, command))
