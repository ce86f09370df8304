"""What the service desk answers of time, and what the browser sends."""

from datetime import date, datetime
from uuid import UUID

from chassis import errors
from gateway.portal.assets import model as reading
from gateway.portal.visit.schemas import Answer, FormBody

MOST_MINUTES = 1440


class TimeEntry(Answer):
    """How many minutes somebody worked on a ticket on a day."""

    time_entry_id: UUID
    person_id: str
    kind: str
    minutes: int
    worked_on: date
    taken_back_at: datetime | None = None

    @property
    def counts(self) -> bool:
        return self.taken_back_at is None


class TimeForm(FormBody):
    """How long somebody worked, as they type it."""

    minutes: str = ""
    kind: str = "reactive"
    worked_on: str = ""
    once: str = ""

    def body(self) -> dict[str, object]:
        """Say it as the service desk takes it.

        Raises:
            errors.Invalid: the minutes are none, or the date is.
        """
        faults: list[errors.Fault] = []
        minutes = int(self.minutes) if self.minutes.isdecimal() else 0
        if not 1 <= minutes <= MOST_MINUTES:
            text = f"Enter whole minutes, from 1 to {MOST_MINUTES}"
            faults.append(errors.Fault("/minutes", text))
        day: date | None = None
        try:
            day = reading.read_day(self.worked_on, "worked_on")
        except errors.Invalid as wrong:
            faults.extend(wrong.faults)
        else:
            if day is None:
                faults.append(errors.Fault("/worked_on", "Enter the day"))
        if faults or day is None:
            raise errors.Invalid(faults=faults)
        return {"minutes": minutes, "kind": self.kind, "worked_on": day.isoformat()}


class TakeBackForm(FormBody):
    """Which entry is to count no more."""

    time_entry_id: str = ""
