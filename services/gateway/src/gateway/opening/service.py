"""The use case: an LA comes in, with a manager who is invited by e-mail."""

from datetime import date

from chassis.auth import Actor
from chassis.db import Database
from chassis.paging import PageRequest
from gateway.directory import loading
from gateway.opening import model
from gateway.opening.model import Opening
from gateway.people import assigning
from gateway.people import service as people
from gateway.people.model import Known, PeopleFilters

MANY = 100


async def open_authority(db: Database, opening: Opening, today: date) -> bool:
    """Let an LA in and invite its manager; say whether they were none before.

    Somebody of the LA who has the address is made its manager: that is the way back in
    where no manager is left. Again, it changes nothing.

    Raises:
        model.NoAuthority: no LA has the code, or not any more.
        EmailInUse: somebody who has no role in this LA has the address.
    """
    authority = model.authority_of(opening.la_code)
    await loading.load_directory(db, model.directory_of(authority))
    actor = model.operator_in(opening.la_code)
    command = model.invitation_of(opening)
    known = await _known(db, actor, opening, today)
    if known is None:
        await people.invite_person(db, actor, command, None, today)
        return True
    if model.is_manager(known, opening.la_code):
        return False
    [role] = command.assignments
    await assigning.assign(db, actor, known.person.person_id, role, None, today)
    return True


async def _known(
    db: Database, actor: Actor, opening: Opening, today: date
) -> Known | None:
    """Find who has the address, if they hold or held a role in the LA."""
    email = opening.manager_email
    asked = PeopleFilters(text=email, la_code=opening.la_code)
    page = await people.list_people(db, actor, asked, PageRequest(MANY, None), today)
    same = (k for k in page.items if k.person.email.casefold() == email.casefold())
    return next(same, None)
