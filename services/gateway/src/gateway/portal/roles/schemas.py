"""Forms that give roles, and change their days."""

from datetime import date
from typing import Any

from pydantic import Field

from chassis import errors
from gateway.people.model import Assignment
from gateway.portal.assets import model as dates
from gateway.portal.visit.schemas import FormBody

LONGEST_NAME = 120


class DaysForm(FormBody):
    """From when to when, as it is typed."""

    from_day: str = ""
    from_month: str = ""
    from_year: str = ""
    to_day: str = ""
    to_month: str = ""
    to_year: str = ""
    version: int = 0

    def begins(self) -> date | None:
        return _day("from_on", self.from_day, self.from_month, self.from_year)

    def ends(self) -> date | None:
        return _day("to_on", self.to_day, self.to_month, self.to_year)


class RolesForm(DaysForm):
    """Roles and their places, in the same order."""

    role: list[str] = Field(default_factory=list[str])
    place: list[str] = Field(default_factory=list[str])
    step: str = ""
    once: str = ""


class InviteForm(RolesForm):
    """Somebody new, with their roles."""

    display_name: str = ""
    email: str = ""


class AgainForm(FormBody):
    """A role that has just ended, to be given again."""

    role: str = ""
    place: str = ""
    to_on: str = ""


def _day(field: str, day: str, month: str, year: str) -> date | None:
    """Read a day of a form.

    Raises:
        errors.Invalid: it is none, said at its field.
    """
    try:
        return dates.read_date(day, month, year)
    except errors.Invalid:
        fault = errors.Fault(f"/{field}", "Enter a real date, like 3 9 2026")
        raise errors.Invalid(faults=[fault]) from None


def days_of(held: Assignment) -> DaysForm:
    """Fill the form with the days of a role."""
    ends = held.to_on
    values: dict[str, Any] = {
        "from_day": str(held.from_on.day),
        "from_month": str(held.from_on.month),
        "from_year": str(held.from_on.year),
        "version": held.version,
    }
    if ends:
        values |= {"to_day": str(ends.day), "to_month": str(ends.month)}
        values["to_year"] = str(ends.year)
    return DaysForm(**values)
