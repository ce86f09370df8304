"""Will it run? A school's machines against what software needs, also as a file."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from chassis import errors
from gateway.portal.assets import model as asset_words
from gateway.portal.fit import model, service
from gateway.portal.fit.schemas import FitQuery
from gateway.portal.tables import export
from gateway.portal.visit import routes as visiting
from gateway.portal.visit.routes import SchoolVisit

router = APIRouter()
Wanted = Annotated[FitQuery, Query()]
PATH = "/schools/{urn}/will-it-run"
_UNPROCESSABLE = 422


@router.get(PATH)
async def page(visit: SchoolVisit, query: Wanted) -> Response:
    visiting.require(visit.rights.see_assets)
    asked = model.asked(query)
    found = None
    if asked.is_asked:
        found = await service.get_fit(visit.upstream, visit.place.urn, asked.params)
    context = {
        "form": query,
        "problems": asked.problems,
        "found": found,
        "query": {name: value for name, value in query.model_dump().items() if value},
        "words": model,
        "asset_words": asset_words,
    }
    status = _UNPROCESSABLE if asked.problems else 200
    return visiting.page(visit, "fit/page.html", "estate", context, status)


@router.get(f"{PATH}.csv")
async def csv_file(visit: SchoolVisit, query: Wanted) -> Response:
    visiting.require(visit.rights.see_assets)
    asked = model.asked(query)
    if not asked.is_asked:
        raise errors.Invalid("Say first what the software needs.")
    found = await service.get_fit(visit.upstream, visit.place.urn, asked.params)
    text = b"".join(export.csv(model.COLUMNS, list(model.table(found))))
    place = visit.place.name
    name = export.file_name("will-it-run", place, on=found.as_of, suffix="csv")
    headers = export.attachment(name)
    return Response(text, media_type=export.CSV_TYPE, headers=headers)
