"""The catalogue over HTTP: parse, call one use case, shape the answer."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from chassis import db, http, problems
from chassis.auth import CurrentActor
from chassis.conditional import ExpectedVersion
from chassis.paging import PageQuery
from chassis.wire import LaCode, Line, UrnText
from inventory.catalogue import schemas, service
from inventory.catalogue.model.entries import MakeSort, ModelFilter, Sort, Support
from inventory.kinds.model.categories import Category

router = APIRouter(prefix="/api/inventory/v1", tags=["catalogue"])
Db = Annotated[db.Database, Depends(http.database)]
School = Annotated[UrnText | None, Query(description="URN of a school.")]
Authority = Annotated[LaCode | None, Query(description="An LA's code.")]
Words = Annotated[
    Line | None, Query(max_length=80, description="Parts of a make and model.")
]


async def wanted(  # noqa: PLR0913 - one for each filter
    *,
    la_code: Authority = None,
    school: School = None,
    q: Words = None,
    make_id: UUID | None = None,
    category: Category | None = None,
    support: Annotated[
        Support | None, Query(description="How its support stands today.")
    ] = None,
    held: Annotated[
        bool | None, Query(description="Whether there are devices of it.")
    ] = None,
) -> ModelFilter:
    return ModelFilter(la_code, school, q or None, make_id, category, support, held)


@router.get("/models", response_model=schemas.ModelPage, responses=problems.READING)
async def list_models(
    *,
    request: Request,
    database: Db,
    actor: CurrentActor,
    wanted: Annotated[ModelFilter, Depends(wanted)],
    page: PageQuery,
    sort: Sort = "name",
) -> Response:
    """List the models of kit within your scope, and of your LAs' catalogues."""
    found = await service.list_models(database, actor, wanted, sort, page)
    return http.reply_page(request, found)


@router.get(
    "/models/count", response_model=schemas.CountAnswer, responses=problems.READING
)
async def count_models(
    database: Db, actor: CurrentActor, wanted: Annotated[ModelFilter, Depends(wanted)]
) -> Response:
    """Count the models that a listing holds."""
    found = await service.count_models(database, actor, wanted)
    return http.reply({"count": found, "is_exact": True})


@router.put(
    "/models/lifecycles",
    response_model=schemas.TakenAnswer,
    responses=problems.WRITING,
)
async def take_lifecycles(
    database: Db, actor: CurrentActor, command: schemas.TakeLifecycles
) -> Response:
    """Take in a list of models with their days: all of it, or nothing.

    A line may name several part codes, as in "Chromebook 311 (C722, C722T)": kit that
    bears one of them is of that model.
    """
    return http.reply(await service.take_lifecycles(database, actor, command))


@router.get(
    "/models/{model_id:uuid}",
    response_model=schemas.ModelDetail,
    responses=problems.READING,
)
async def get_model(
    database: Db, actor: CurrentActor, model_id: UUID, school: School = None
) -> Response:
    """Read a model: where it is within your scope, how old, and how it is written."""
    model, told = await service.get_model(database, actor, model_id, school)
    return http.reply(told, version=model.version)


@router.put(
    "/models/{model_id:uuid}/lifecycle",
    response_model=schemas.ModelAnswer,
    responses=problems.CHANGING,
)
async def set_lifecycle(
    database: Db,
    actor: CurrentActor,
    model_id: UUID,
    command: schemas.LifecycleBody,
    version: ExpectedVersion,
) -> Response:
    """Write down what is known of a model of your LA."""
    model = await service.set_lifecycle(database, actor, model_id, version, command)
    return http.reply(model, version=model.version)


@router.get(
    "/assets/{asset_id:uuid}/model",
    response_model=schemas.ModelAnswer,
    responses=problems.READING,
)
async def get_model_of(database: Db, actor: CurrentActor, asset_id: UUID) -> Response:
    """Read the model that an asset is of, with the devices of its school."""
    return http.reply(await service.get_model_of(database, actor, asset_id))


@router.get("/makes", response_model=schemas.MakePage, responses=problems.READING)
async def list_makes(  # noqa: PLR0913 - one for each filter
    *,
    request: Request,
    database: Db,
    actor: CurrentActor,
    page: PageQuery,
    la_code: Authority = None,
    school: School = None,
    q: Words = None,
    sort: MakeSort = "name",
) -> Response:
    """List the makes of kit within your scope."""
    wanted = ModelFilter(la_code, school, q or None)
    found = await service.list_makes(database, actor, wanted, sort, page)
    return http.reply_page(request, found)
