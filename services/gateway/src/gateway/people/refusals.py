"""What is refused about people and their roles: the facts, with their names."""

from uuid import UUID

from chassis import errors


class PersonNotFound(errors.NotFound):
    """No such person, or none whom the caller may know of: said alike."""

    slug = "person-not-found"
    title = "There is no such person within your scope"


class AssignmentNotFound(errors.NotFound):
    """They hold no such role, or none of which the caller may know: said alike."""

    slug = "assignment-not-found"
    title = "They have no such role within your scope"


class PlaceNotFound(errors.NotFound):
    """No such school or LA within the caller's scope."""

    slug = "place-not-found"
    title = "There is no such school or local authority within your scope"

    def __init__(self, pointer: str) -> None:
        super().__init__(errors=[errors.Fault(pointer, self.title)])


class RoleNotYoursToGive(errors.Forbidden):
    """The place is known to the caller; this role there is for others to give."""

    slug = "role-not-yours-to-give"
    title = "You cannot give or end this role there"


class KeptElsewhere(errors.Forbidden):
    """Who changes an address can take over an account: only their home may."""

    slug = "person-kept-elsewhere"
    title = "Their local authority keeps their name and e-mail address"


class EmailInUse(errors.Conflict):
    """An address is one person's only."""

    slug = "email-in-use"
    title = "Somebody has this e-mail address already"

    def __init__(self, person_id: UUID | None = None, name: str = "") -> None:
        if person_id is None:
            super().__init__(
                "Somebody outside your scope has this e-mail address: ask your local"
                " authority to give them the role"
            )
            return
        said = f"{name} has this e-mail address: give them the role"
        super().__init__(said, person_id=str(person_id))


class AlreadyAssigned(errors.Conflict):
    """They hold the same role at the same place within the same days."""

    slug = "already-assigned"
    title = "They have this role there already"


class AssignmentEnded(errors.Conflict):
    """What has ended stays as it was."""

    slug = "assignment-ended"
    title = "This role has ended; give it anew"


class LastAdministrator(errors.Conflict):
    """Nobody could give a role in the LA any more."""

    slug = "last-administrator"
    title = (
        "An LA keeps at least one LA technical manager: give somebody the role first"
    )


class AlreadyJoined(errors.Conflict):
    """There is nobody left to invite."""

    slug = "already-joined"
    title = "They have signed in already"


class OfAnotherAuthority(errors.Conflict):
    """Somebody of one LA is given roles in another by the operator alone."""

    slug = "person-of-another-authority"
    title = "Their name and address are kept in another local authority"


class DaysImpossible(errors.Invalid):
    """The days of a role cannot be."""

    slug = "assignment-days-impossible"
    title = "The days of the role cannot be"

    def __init__(self, pointer: str, detail: str) -> None:
        super().__init__(faults=[errors.Fault(pointer, detail)])


class RoleOfOtherPlace(errors.Invalid):
    """A school's role needs a school, an LA's an LA."""

    slug = "role-of-other-place"
    title = "Roles of a school are held at a school, roles of an LA at an LA"

    def __init__(self, pointer: str) -> None:
        super().__init__(faults=[errors.Fault(pointer, self.title)])


class DeputyUnknown(errors.Invalid):
    """Who is deputised for is nobody that the caller may know of."""

    slug = "deputised-unknown"
    title = "There is no such person to deputise for within your scope"

    def __init__(self, pointer: str) -> None:
        super().__init__(faults=[errors.Fault(pointer, self.title)])


class PeopleFileUnreadable(errors.Invalid):
    """The file is none of people; nothing of it was taken."""

    slug = "people-file-unreadable"
    title = "This is not a file of people"

    def __init__(self, detail: str) -> None:
        super().__init__(detail, [errors.Fault("/file", detail)])


class PeopleFileTooLong(errors.Invalid):
    """More people than are taken at once."""

    slug = "people-file-too-long"
    title = "A file of people has up to 5,000 rows"

    def __init__(self, detail: str) -> None:
        said = f"{detail}; send up to 5,000 at once"
        super().__init__(said, [errors.Fault("/file", said)])
