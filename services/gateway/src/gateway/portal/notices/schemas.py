"""A notice as a person types it."""

import re
from datetime import date
from typing import Any

from pydantic import Field

from chassis import errors
from gateway.notices.model import Notice
from gateway.portal.assets import model as dates
from gateway.portal.comparison import model as words
from gateway.portal.notices import model
from gateway.portal.visit.schemas import FormBody

LONGEST_TITLE, LONGEST_BODY, MOST_URNS = 120, 2000, 500


class NoticeForm(FormBody):
    """What to say, to whom, and from when to when."""

    title: str = ""
    body: str = ""
    tone: str = "note"
    roles: list[str] = Field(default_factory=list[str])
    phases: list[str] = Field(default_factory=list[str])
    schools: str = ""
    from_day: str = ""
    from_month: str = ""
    from_year: str = ""
    to_day: str = ""
    to_month: str = ""
    to_year: str = ""
    version: int = 0
    once: str = ""

    def urns(self) -> list[int]:
        return [int(urn) for urn in re.findall("[0-9]{1,9}", self.schools)[:MOST_URNS]]

    def values(self) -> dict[str, Any]:
        """Say the values as the directory takes them.

        Raises:
            errors.Invalid: some are missing or wrong, each at its field.
        """
        faults: list[errors.Fault] = []
        if not self.title or not self.title.isprintable():
            faults.append(errors.Fault("/title", "Enter a title"))
        if len(self.title) > LONGEST_TITLE:
            faults.append(
                errors.Fault("/title", f"Use at most {LONGEST_TITLE} letters")
            )
        if len(self.body) > LONGEST_BODY:
            faults.append(errors.Fault("/body", f"Use at most {LONGEST_BODY} letters"))
        if any(not 100_000 <= urn <= 999_999 for urn in self.urns()):  # noqa: PLR2004 - six digits
            faults.append(errors.Fault("/schools", "A URN has six digits"))
        begins = _day(faults, "from_on", self.from_day, self.from_month, self.from_year)
        ends = _day(faults, "to_on", self.to_day, self.to_month, self.to_year)
        if begins is None and not any(f.pointer == "/from_on" for f in faults):
            faults.append(errors.Fault("/from_on", "Enter the first day"))
        if faults or begins is None:
            raise errors.Invalid(faults=faults)
        return {
            "title": self.title,
            "body": _printable(self.body.replace("\r\n", "\n")),
            "tone": self.tone if self.tone in model.TONES else "note",
            "roles": [role for role in self.roles if role in model.ROLES],
            "phases": [phase for phase in self.phases if phase in words.PHASES],
            "school_urns": self.urns(),
            "from_on": begins,
            "to_on": ends,
        }


class StateForm(FormBody):
    version: int = 0


def _printable(text: str) -> str:
    return "".join(sign for sign in text if sign.isprintable() or sign == "\n")


def _day(
    faults: list[errors.Fault], field: str, day: str, month: str, year: str
) -> date | None:
    try:
        return dates.read_date(day, month, year)
    except errors.Invalid:
        faults.append(errors.Fault(f"/{field}", "Enter a real date, like 3 9 2026"))
        return None


def form_of(notice: Notice) -> NoticeForm:
    """Fill the form with what is saved."""
    ends = notice.to_on
    return NoticeForm(
        title=notice.title,
        body=notice.body,
        tone=notice.tone,
        roles=notice.roles,
        phases=notice.phases,
        schools=" ".join(str(urn) for urn in notice.school_urns),
        from_day=str(notice.from_on.day),
        from_month=str(notice.from_on.month),
        from_year=str(notice.from_on.year),
        to_day=str(ends.day) if ends else "",
        to_month=str(ends.month) if ends else "",
        to_year=str(ends.year) if ends else "",
        version=notice.version,
    )
