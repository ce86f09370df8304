"""A title of software on pages, with the devices that have it, also as a file."""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from fastapi.responses import Response, StreamingResponse

from chassis import errors
from gateway.days import day_in_england
from gateway.portal.catalogue import routes as catalogue
from gateway.portal.lives.model import may_say_for_authority, may_say_for_school
from gateway.portal.tables import export
from gateway.portal.titles import model, service
from gateway.portal.titles.schemas import TitleDetail
from gateway.portal.visit import routes as visiting
from gateway.portal.visit.model import Place
from gateway.portal.visit.routes import SchoolVisit, UsualVisit, Visit

router = APIRouter()
After = Annotated[str, Query(max_length=512)]
Version = Annotated[str | None, Query(max_length=80)]
AT_SCHOOL = "/schools/{urn}/software/{title_id:uuid}"
AT_AUTHORITY = "/authorities/{la_code}/software/{title_id:uuid}"


@dataclass(frozen=True, slots=True)
class Where:
    """A title at one place, for one visit."""

    visit: Visit[Place] | Visit[Place | None]
    root: str
    of: str
    place: service.Place
    section: str
    title: TitleDetail
    version: str | None
    """The only one that is looked at; None: every version."""
    may_buy: bool
    """Whether the visitor writes down what is paid for here."""

    @property
    def count(self) -> int:
        """On how many devices it is, in the version that is looked at."""
        if self.version is None:
            return self.title.devices
        return sum(
            each.devices for each in self.title.releases if each.version == self.version
        )


async def at_school(
    visit: SchoolVisit, title_id: UUID, version: Version = None
) -> Where:
    place = {"school": visit.place.urn}
    title = await service.get_title(visit.upstream, title_id, place)
    root, of = f"/schools/{visit.place.urn}", visit.place.name
    known, may = _known(title, version), may_say_for_school(visit.actor, visit.place)
    return Where(visit, root, of, place, "assets", title, known, may)


async def at_authority(
    visit: UsualVisit, la_code: str, title_id: UUID, version: Version = None
) -> Where:
    authority = await visiting.authority_of(visit, la_code)
    place = {"la_code": la_code}
    title = await service.get_title(visit.upstream, title_id, place)
    root, of = f"/authorities/{la_code}", authority.name
    known, may = _known(title, version), may_say_for_authority(visit.actor, la_code)
    return Where(visit, root, of, place, "all-assets", title, known, may)


AtSchool = Annotated[Where, Depends(at_school)]
AtAuthority = Annotated[Where, Depends(at_authority)]


@router.get(AT_SCHOOL)
async def school_title(here: AtSchool, after: After = "") -> Response:
    return await _page(here, after)


@router.get(AT_AUTHORITY)
async def authority_title(here: AtAuthority, after: After = "") -> Response:
    return await _page(here, after)


@router.get(f"{AT_SCHOOL}/devices.csv")
async def school_csv(here: AtSchool) -> Response:
    return _csv(here)


@router.get(f"{AT_AUTHORITY}/devices.csv")
async def authority_csv(here: AtAuthority) -> Response:
    return _csv(here)


@router.get(f"{AT_SCHOOL}/devices.xlsx")
async def school_xlsx(here: AtSchool) -> Response:
    return await _xlsx(here)


@router.get(f"{AT_AUTHORITY}/devices.xlsx")
async def authority_xlsx(here: AtAuthority) -> Response:
    return await _xlsx(here)


def _known(title: TitleDetail, version: str | None) -> str | None:
    """Keep a version that some device has; of an old link, show every one."""
    return version if version in {each.version for each in title.releases} else None


async def _page(here: Where, after: str) -> Response:
    devices = await service.list_devices(
        here.visit.upstream, here.title.title_id, here.place, here.version, after
    )
    context = {
        "title": here.title,
        "devices": devices,
        "version": here.version,
        "after": after,
        "root": here.root,
        "of": here.of,
        "may_buy": here.may_buy,
    }
    return catalogue.page(here.visit, "catalogue/title.html", context, here.section)


def _csv(here: Where) -> Response:
    _require_few(here, export.MOST_CSV_ROWS)
    headers = export.attachment(_file_name(here, "csv"))
    pages = export.csv_pages(model.COLUMNS, _rows(here))
    return StreamingResponse(pages, media_type=export.CSV_TYPE, headers=headers)


async def _xlsx(here: Where) -> Response:
    _require_few(here, export.MOST_XLSX_ROWS)
    rows = [row async for page in _rows(here) for row in page]
    # Other requests go on while a workbook is made.
    made = await asyncio.to_thread(export.xlsx, here.title.name, model.COLUMNS, rows)
    headers = export.attachment(_file_name(here, "xlsx"))
    return Response(made, media_type=export.XLSX_TYPE, headers=headers)


async def _rows(here: Where) -> AsyncGenerator[list[export.Row]]:
    title_id = here.title.title_id
    walked = service.walk(here.visit.upstream, title_id, here.place, here.version)
    async for devices in walked:
        yield [export.cells(model.COLUMNS, model.cells(each)) for each in devices]


def _require_few(here: Where, most: int) -> None:
    """Refuse a file of more rows than it may have.

    Raises:
        errors.Invalid: there are more devices.
    """
    if here.count > most:
        raise errors.Invalid(
            f"{here.count:,} devices have it; such a file takes {most:,}."
            " Choose one version first."
        )


def _file_name(here: Where, suffix: str) -> str:
    today = day_in_england(datetime.now(UTC))
    parts = [here.title.name, *([here.version] if here.version else ["devices"])]
    return export.file_name(*parts, here.of, on=today, suffix=suffix)
