"""Which day it is: the directory's days begin and end at midnight in England."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def day_in_england(now: datetime) -> date:
    return now.astimezone(LONDON).date()
