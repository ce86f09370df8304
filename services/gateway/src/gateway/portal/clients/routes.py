"""The pages of API clients over HTTP."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated
from uuid import UUID, uuid4

from fastapi import APIRouter, Depends, Form
from fastapi.responses import Response
from pydantic import TypeAdapter, ValidationError

from chassis import errors
from chassis.paging import PageRequest
from gateway.clients import model as rules
from gateway.clients import service
from gateway.clients.model import Known, Made
from gateway.clients.routes import CurrentIssuing
from gateway.clients.schemas import ChangeClient, MakeClient
from gateway.directory.model import Authority
from gateway.portal.clients import model, schemas
from gateway.portal.visit import routes as visiting
from gateway.portal.visit.model import Place
from gateway.portal.visit.routes import UsualVisit, Visit

router = APIRouter()
ROOT = "/authorities/{la_code}/clients"
Filled = Annotated[schemas.ClientForm, Form()]
FORBIDDEN, CONFLICT, STALE, UNPROCESSABLE = 403, 409, 412, 422
MOST = 100
_CHANGE: TypeAdapter[ChangeClient] = TypeAdapter(ChangeClient)


@dataclass(frozen=True, slots=True)
class Where:
    """The clients of one LA, for one visit."""

    visit: Visit[Place | None]
    authority: Authority

    @property
    def root(self) -> str:
        return f"/authorities/{self.authority.la_code}/clients"

    @property
    def may_edit(self) -> bool:
        return self.visit.actor.may(rules.EDITORS, self.authority.la_code, None)


async def where_of_path(visit: UsualVisit, la_code: str) -> Where:
    authority = await visiting.authority_of(visit, la_code)
    visiting.require(visit.actor.may(rules.READERS, la_code, None))
    return Where(visit, authority)


Here = Annotated[Where, Depends(where_of_path)]


async def known_of_path(here: Here, api_client_id: UUID) -> Known:
    visit = here.visit
    known = await service.get_client(visit.database, visit.actor, api_client_id)
    if known.client.la_code != here.authority.la_code:
        raise errors.NotFound
    return known


PathClient = Annotated[Known, Depends(known_of_path)]


@router.get(ROOT)
async def list_page(here: Here, after: str = "") -> Response:
    visit = here.visit
    page = PageRequest(MOST, after or None)
    found = await service.list_clients(visit.database, visit.actor, page)
    la_code = here.authority.la_code
    own = [known for known in found.items if known.client.la_code == la_code]
    context = {"clients": own, "after": after, "next": found.next}
    return _page(here, "clients/list.html", context)


@router.get(f"{ROOT}/new")
async def new_page(here: Here) -> Response:
    visiting.require(here.may_edit)
    return _form(here, schemas.ClientForm(once=str(uuid4())), None)


@router.post(f"{ROOT}/new")
async def make(here: Here, issuing: CurrentIssuing, form: Filled) -> Response:
    visit, la_code = here.visit, here.authority.la_code
    tried = form.sandbox == "yes"
    left_open = {} if tried else form.left_open()
    try:
        command = MakeClient(la_code=la_code, is_sandbox=tried, **form.values())
    except ValidationError as wrong:
        problems = _faults(wrong) | left_open
        return _form(here, form, None, problems, UNPROCESSABLE)
    if left_open:
        return _form(here, form, None, left_open, UNPROCESSABLE)
    try:
        made = await service.make_client(
            visit.database, visit.actor, issuing.seal, command, form.once or None
        )
    except errors.Refusal as refusal:
        return _refused(here, form, None, refusal)
    return _secret(here, made, issuing.token_url)


@router.get(f"{ROOT}/{{api_client_id:uuid}}")
async def view_page(here: Here, known: PathClient) -> Response:
    return _view(here, known)


@router.get(f"{ROOT}/{{api_client_id:uuid}}/edit")
async def edit_page(here: Here, known: PathClient) -> Response:
    visiting.require(here.may_edit)
    return _form(here, schemas.form_of(known.client), known)


@router.post(f"{ROOT}/{{api_client_id:uuid}}/edit")
async def change(here: Here, known: PathClient, form: Filled) -> Response:
    visit, client = here.visit, known.client
    said, left_open = form.values(), {}
    # Left as it was it says nothing: a client may be left without a school.
    if client.is_sandbox or form.same_place(schemas.form_of(client)):
        said.pop("school_urns", None)
    else:
        left_open = form.left_open()
    try:
        values = _CHANGE.validate_python(said)
    except ValidationError as wrong:
        problems = _faults(wrong) | left_open
        return _form(here, form, known, problems, UNPROCESSABLE)
    if left_open:
        return _form(here, form, known, left_open, UNPROCESSABLE)
    try:
        await service.change_client(
            visit.database, visit.actor, client.api_client_id, form.version, values
        )
    except rules.ClientWithdrawn:
        return _view(here, known, CONFLICT)
    except errors.Refusal as refusal:
        return _refused(here, form, known, refusal)
    return visiting.see_other(_path(here, known), "client-changed")


@router.get(f"{ROOT}/{{api_client_id:uuid}}/rotate")
async def rotate_page(here: Here, known: PathClient) -> Response:
    visiting.require(here.may_edit)
    return _page(here, "clients/rotate.html", {"known": known, "problems": {}})


@router.post(f"{ROOT}/{{api_client_id:uuid}}/rotate")
async def rotate(
    here: Here,
    known: PathClient,
    issuing: CurrentIssuing,
    form: Annotated[schemas.RotateForm, Form()],
) -> Response:
    visit = here.visit
    if form.hours is None:
        problems = {"overlap": "Choose how long the present secret stays good"}
        context = {"known": known, "problems": problems}
        return _page(here, "clients/rotate.html", context, UNPROCESSABLE)
    wanted = (known.client.api_client_id, form.version)
    overlap = timedelta(hours=form.hours)
    try:
        made = await service.rotate_secret(
            visit.database, visit.actor, issuing.seal, wanted, overlap
        )
    except (errors.Stale, rules.ClientWithdrawn):
        return _view(here, known, STALE)
    return _secret(here, made, issuing.token_url)


@router.get(f"{ROOT}/{{api_client_id:uuid}}/withdraw")
async def withdraw_page(here: Here, known: PathClient) -> Response:
    visiting.require(here.may_edit)
    return _page(here, "clients/withdraw.html", {"known": known})


@router.post(f"{ROOT}/{{api_client_id:uuid}}/withdraw")
async def withdraw(
    here: Here, known: PathClient, form: Annotated[schemas.WithdrawForm, Form()]
) -> Response:
    visit = here.visit
    try:
        await service.withdraw_client(
            visit.database, visit.actor, known.client.api_client_id, form.version
        )
    except (errors.Stale, rules.ClientWithdrawn):
        return _view(here, known, STALE)
    return visiting.see_other(_path(here, known), "client-withdrawn")


def _path(here: Where, known: Known) -> str:
    return f"{here.root}/{known.client.api_client_id}"


def _secret(here: Where, made: Made, token_url: str) -> Response:
    """Show the secret once; a form that is sent again shows the client."""
    if made.fresh is None:
        return visiting.see_other(_path(here, made.known))
    context = {"known": made.known, "fresh": made.fresh, "token_url": token_url}
    return _page(here, "clients/secret.html", context)


def _view(here: Where, known: Known, status: int = 200) -> Response:
    context = {"known": known, "moved_on": status in {STALE, CONFLICT}}
    return _page(here, "clients/view.html", context, status)


def _faults(wrong: ValidationError) -> dict[str, str]:
    fields = {str(each["loc"][0]) for each in wrong.errors()}
    return {name: said for name, said in model.WRONG.items() if name in fields}


def _refused(
    here: Where,
    form: schemas.ClientForm,
    known: Known | None,
    wrong: errors.Refusal,
) -> Response:
    """Show the form again, with the reason at its field."""
    match wrong:
        case rules.BeyondOwnScope():
            said = f"Not all of these are schools of {here.authority.name}"
            return _form(here, form, known, {"school_urns": said}, FORBIDDEN)
        case rules.SandboxHasItsSchool():
            said = "A sandbox client has a school of its own: leave this empty"
            return _form(here, form, known, {"school_urns": said}, UNPROCESSABLE)
        case rules.ClientNameTaken() | rules.TooManyClients():
            return _form(here, form, known, {"name": wrong.detail}, CONFLICT)
        case errors.Stale():
            new = form.model_copy(
                update={"version": known.client.version if known else 0}
            )
            return _form(here, new, known, {}, STALE)
        case _:
            raise wrong


def _form(
    here: Where,
    form: schemas.ClientForm,
    known: Known | None,
    problems: Mapping[str, str] | None = None,
    status: int = 200,
) -> Response:
    context = {
        "known": known,
        "form": form,
        "problems": problems or {},
        "stale": status == STALE,
    }
    return _page(here, "clients/form.html", context, status)


def _page(
    here: Where, template: str, context: Mapping[str, object], status: int = 200
) -> Response:
    shown = {
        "here": here,
        "authority": here.authority,
        "edits": here.may_edit,
        "words": model,
        "now": datetime.now(UTC),
        **context,
    }
    return visiting.page(here.visit, template, "clients", shown, status)
