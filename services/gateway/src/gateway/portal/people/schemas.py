"""Forms about one person."""

from gateway.people.model import Known
from gateway.portal.visit.schemas import FormBody


class NameForm(FormBody):
    """A name and an address, as they are typed."""

    display_name: str = ""
    email: str = ""
    version: int = 0


def form_of(known: Known) -> NameForm:
    person = known.person
    return NameForm(
        display_name=person.display_name, email=person.email, version=person.version
    )
