"""The page on which a file of people is tried and then brought in."""

from typing import Annotated

from fastapi import APIRouter, File, Form, UploadFile
from fastapi.responses import Response

from chassis import errors
from gateway.people import importing
from gateway.people import model as rules
from gateway.people.importing import Brought
from gateway.portal.intake import model
from gateway.portal.people import model as people
from gateway.portal.people import routes as pages
from gateway.portal.visit import routes as visiting
from gateway.portal.visit.model import ROLE_NAMES, Place
from gateway.portal.visit.routes import UsualVisit, Visit

router = APIRouter(prefix="/people/import")
UNPROCESSABLE = 422
PAGE = "people/import.html"


@router.get("")
async def import_page(visit: UsualVisit) -> Response:
    _require(visit)
    return _page(visit)


@router.post("")
async def import_people(
    visit: UsualVisit,
    file: Annotated[UploadFile | None, File()] = None,
    content: Annotated[str, Form()] = "",
) -> Response:
    """Try a file that was chosen, or bring in the one that was tried before."""
    _require(visit)
    try:
        kept = model.read(content) if content else None
        if kept is not None:
            await _bring(visit, kept, dry_run=False)
            return visiting.see_other(pages.list_path(visit), "people-brought")
        sent = await _sent(file)
        tried = await _bring(visit, sent, dry_run=True)
    except (errors.Invalid, errors.Conflict) as refusal:
        return _page(visit, problem=refusal.detail)
    return _page(visit, tried, model.written(sent))


async def _sent(file: UploadFile | None) -> bytes:
    """Take the file that was chosen.

    Raises:
        errors.Invalid: none was, or it is too large.
    """
    if file is None or not file.filename:
        raise errors.Invalid("Choose a file")
    content = await file.read(model.MOST_BYTES + 1)
    if len(content) > model.MOST_BYTES:
        raise errors.Invalid("The file is larger than 750 kB: send it in parts")
    return content


async def _bring(
    visit: Visit[Place | None], content: bytes, *, dry_run: bool
) -> Brought:
    return await importing.import_people(
        visit.database, visit.actor, content, pages.today(), dry_run=dry_run
    )


def _require(visit: Visit[Place | None]) -> None:
    visiting.require(any(grant.role in rules.GIVERS for grant in visit.actor.grants))


def _page(
    visit: Visit[Place | None],
    tried: Brought | None = None,
    content: str = "",
    problem: str = "",
) -> Response:
    context = {
        "tried": tried,
        "content": content,
        "problems": {"file": problem} if problem else {},
        "words": model,
        "role_names": ROLE_NAMES,
        "people": people,
        "list_path": pages.list_path(visit),
    }
    status = UNPROCESSABLE if problem else 200
    return visiting.page(visit, PAGE, "people", context, status)
