"""Which LA comes in, and who is the first that may do anything there; no I/O."""

from pydantic import Field

from chassis.auth import Actor, Grant
from chassis.wire import Body, LaCode
from contracts import roles
from gateway.directory.document import AuthorityEntry, DirectoryDocument, RegionEntry
from gateway.people.model import Known
from gateway.people.schemas import Email, GiveRole, InvitePerson, Name
from gateway.register.model import england
from gateway.register.model.england import LocalAuthority


class Opening(Body):
    """An LA by its code, and the name and address of its first manager."""

    la_code: LaCode
    manager_name: Name = Field(description="As their pages greet them.")
    manager_email: Email


class NoAuthority(LookupError):
    """No LA of England has this code, or not any more; the text says which."""


def authority_of(la_code: str) -> LocalAuthority:
    """Find an LA that there is.

    Raises:
        NoAuthority: there never was one of this code, or others came after it.
    """
    found = england.AUTHORITIES.get(la_code)
    if found is None:
        raise NoAuthority(f"No local authority of England has the code {la_code}")
    if found.to_year is not None:
        after = ", ".join(
            f"{england.AUTHORITIES[code].name} ({code})" for code in found.successors
        )
        raise NoAuthority(
            f"{found.name} ({la_code}) was ended in {found.to_year}"
            + (f": its schools went to {after}" if after else "")
        )
    return found


def directory_of(authority: LocalAuthority) -> DirectoryDocument:
    """Say an LA and its region as the directory loads them."""
    region = next(
        each
        for each in england.REGIONS.values()
        if each.region_code == authority.region_code
    )
    return DirectoryDocument(
        regions=[RegionEntry(region_code=region.region_code, name=region.name)],
        authorities=[
            AuthorityEntry(
                la_code=authority.la_code,
                name=authority.name,
                region_code=region.region_code,
            )
        ],
        schools=[],
        people=[],
        assignments=[],
    )


def invitation_of(opening: Opening) -> InvitePerson:
    """Say the first manager as somebody who is invited to the whole LA."""
    role = GiveRole(role="la-manager", la_code=opening.la_code)
    return InvitePerson(
        display_name=opening.manager_name,
        email=opening.manager_email,
        assignments=[role],
    )


def operator_in(la_code: str) -> Actor:
    """Be the operator, who gives the first role: there is nobody else to give it."""
    grant = Grant(roles.LA_MANAGER, (la_code,))
    return Actor("service:gateway", "service", (grant,))


def is_manager(known: Known, la_code: str) -> bool:
    """Say whether somebody manages the LA, or is to."""
    return any(
        held.role == roles.LA_MANAGER
        and held.la_code == la_code
        and held.standing(known.today) != "past"
        for held in known.held
    )
