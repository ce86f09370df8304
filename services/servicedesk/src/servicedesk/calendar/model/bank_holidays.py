"""The bank holidays of England, by name (Banking and Financial Dealings Act 1971)."""

from collections.abc import Mapping
from datetime import date
from functools import cache

import holidays


@cache
def of(year: int) -> Mapping[date, str]:
    """Say which days of a year are bank holidays, and what each is called."""
    return dict(holidays.country_holidays("GB", subdiv="ENG", years=year))
