"""The pages of notices over HTTP."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID, uuid4

from fastapi import APIRouter, Depends, Form
from fastapi.responses import Response

from chassis import errors
from chassis.paging import PageRequest
from gateway import days
from gateway.directory.model import Authority
from gateway.notices import model as notices
from gateway.notices import service
from gateway.notices.model import Notice, State
from gateway.notices.schemas import WriteNotice
from gateway.portal.comparison import model as comparison
from gateway.portal.notices import model, schemas
from gateway.portal.visit import routes as visiting
from gateway.portal.visit.model import Place
from gateway.portal.visit.routes import UsualVisit, Visit

router = APIRouter()
ROOT = "/authorities/{la_code}/notices"
Filled = Annotated[schemas.NoticeForm, Form()]
OfVersion = Annotated[schemas.StateForm, Form()]
CONFLICT, STALE, UNPROCESSABLE = 409, 412, 422
MOST = 100


async def authority_of_path(visit: UsualVisit, la_code: str) -> Authority:
    return await visiting.authority_of(visit, la_code)


PathAuthority = Annotated[Authority, Depends(authority_of_path)]


async def notice_of_path(
    visit: UsualVisit, authority: PathAuthority, notice_id: UUID
) -> Notice:
    notice = await service.get_notice(visit.database, visit.actor, notice_id)
    if notice.la_code != authority.la_code:
        raise errors.NotFound
    return notice


PathNotice = Annotated[Notice, Depends(notice_of_path)]


@router.get(ROOT)
async def list_page(
    visit: UsualVisit, authority: PathAuthority, after: str = ""
) -> Response:
    page = PageRequest(MOST, after or None)
    found = await service.list_notices(visit.database, visit.actor, page)
    own = [notice for notice in found.items if notice.la_code == authority.la_code]
    context = {
        "authority": authority,
        "notices": own,
        "after": after,
        "next": found.next,
    }
    return _page(visit, "notices/list.html", context)


@router.get(f"{ROOT}/new")
async def new_page(visit: UsualVisit, authority: PathAuthority) -> Response:
    visiting.require(_edits(visit, authority))
    day = days.day_in_england(datetime.now(UTC))
    form = schemas.NoticeForm(
        once=str(uuid4()),
        from_day=str(day.day),
        from_month=str(day.month),
        from_year=str(day.year),
    )
    return _form(visit, authority, form, None)


@router.post(f"{ROOT}/new")
async def write(visit: UsualVisit, authority: PathAuthority, form: Filled) -> Response:
    try:
        command = WriteNotice(la_code=authority.la_code, **form.values())
        notice = await service.write_notice(
            visit.database, visit.actor, command, form.once or None
        )
    except errors.Invalid as wrong:
        return _form(visit, authority, form, None, wrong)
    return visiting.see_other(_path(notice), "notice-written")


@router.get(f"{ROOT}/{{notice_id:uuid}}")
async def view_page(
    visit: UsualVisit, authority: PathAuthority, notice: PathNotice
) -> Response:
    return _view(visit, authority, notice)


@router.get(f"{ROOT}/{{notice_id:uuid}}/edit")
async def edit_page(
    visit: UsualVisit, authority: PathAuthority, notice: PathNotice
) -> Response:
    visiting.require(_edits(visit, authority))
    return _form(visit, authority, schemas.form_of(notice), notice)


@router.post(f"{ROOT}/{{notice_id:uuid}}/edit")
async def change(
    visit: UsualVisit, authority: PathAuthority, notice: PathNotice, form: Filled
) -> Response:
    try:
        changed = await service.change_notice(
            visit.database, visit.actor, notice.notice_id, form.version, form.values()
        )
    except (errors.Invalid, errors.Conflict, errors.Stale) as wrong:
        return _form(visit, authority, form, notice, wrong)
    return visiting.see_other(_path(changed), "notice-changed")


@router.post(f"{ROOT}/{{notice_id:uuid}}/publish")
async def publish(
    visit: UsualVisit, authority: PathAuthority, notice: PathNotice, form: OfVersion
) -> Response:
    return await _become(
        visit, authority, notice, form.version, "published", "notice-published"
    )


@router.post(f"{ROOT}/{{notice_id:uuid}}/withdraw")
async def withdraw(
    visit: UsualVisit, authority: PathAuthority, notice: PathNotice, form: OfVersion
) -> Response:
    return await _become(
        visit, authority, notice, form.version, "withdrawn", "notice-withdrawn"
    )


@router.post("/notices/{notice_id:uuid}/put-away")
async def put_away(visit: UsualVisit, notice_id: UUID) -> Response:
    """Show a notice no more to the one who puts it away; twice is as once."""
    day = days.day_in_england(datetime.now(UTC))
    try:
        await service.put_away(visit.database, visit.actor, notice_id, day)
    except notices.NoticeNotFound:
        return visiting.see_other("/")
    return visiting.see_other("/", "notice-put-away")


def _path(notice: Notice) -> str:
    return f"/authorities/{notice.la_code}/notices/{notice.notice_id}"


def _edits(visit: Visit[Place | None], authority: Authority) -> bool:
    return visit.actor.may(notices.EDITORS, authority.la_code, None)


async def _become(
    visit: Visit[Place | None],
    authority: Authority,
    notice: Notice,
    version: int,
    state: State,
    flash: str,
) -> Response:
    try:
        await service.set_state(
            visit.database, visit.actor, notice.notice_id, version, state
        )
    except (errors.Stale, errors.Conflict):
        return _view(visit, authority, notice, STALE)
    return visiting.see_other(_path(notice), flash)


def _view(
    visit: Visit[Place | None], authority: Authority, notice: Notice, status: int = 200
) -> Response:
    context = {
        "authority": authority,
        "notice": notice,
        "edits": _edits(visit, authority) and notice.state != "withdrawn",
        "moved_on": status == STALE,
    }
    return _page(visit, "notices/view.html", context, status)


def _form(
    visit: Visit[Place | None],
    authority: Authority,
    form: schemas.NoticeForm,
    notice: Notice | None,
    refusal: errors.Refusal | None = None,
) -> Response:
    """Show the form; after a stale save, over the version that is now saved."""
    status = 200
    problems: dict[str, str] = {}
    if isinstance(refusal, errors.Stale):
        status = STALE
    elif refusal is not None:
        status = UNPROCESSABLE if isinstance(refusal, errors.Invalid) else CONFLICT
        problems = visiting.messages(refusal, "title")
        if "school_urns" in problems:
            problems["schools"] = problems.pop("school_urns")
    if notice and status == STALE:
        form = form.model_copy(update={"version": notice.version})
    context = {
        "authority": authority,
        "notice": notice,
        "form": form,
        "problems": problems,
        "stale": status == STALE,
    }
    return _page(visit, "notices/form.html", context, status)


def _page(
    visit: Visit[Place | None],
    template: str,
    context: Mapping[str, object],
    status: int = 200,
) -> Response:
    shown = {
        "words": model,
        "comparison": comparison,
        "edits": visit.actor.las(notices.EDITORS) != [],
        **context,
    }
    return visiting.page(visit, template, "notices", shown, status)
