"""The county's register as GIAS writes its own: two CSV files."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date

from local_stack.county.model import AS_OF, Authority, County, School
from local_stack.county.schools import WRITTEN

HEADER = (
    *("URN", "LA (code)", "LA (name)", "EstablishmentNumber", "EstablishmentName"),
    *("TypeOfEstablishment (name)", "EstablishmentStatus (name)", "OpenDate"),
    *("CloseDate", "PhaseOfEducation (name)", "StatutoryLowAge", "StatutoryHighAge"),
    *("Gender (name)", "ReligiousCharacter (name)", "SchoolCapacity"),
    *("NumberOfPupils", "PercentageFSM", "Trusts (name)", "Federations (name)"),
    *("UKPRN", "Town", "Postcode", "DistrictAdministrative (name)"),
    *("AdministrativeWard (name)", "Easting", "Northing", "LastChangedDate"),
)
LINKS_HEADER = ("URN", "LinkURN", "LinkName", "LinkType", "LinkEstablishedDate")
FILE_NAME = f"edubasealldata{AS_OF:%Y%m%d}.csv"
LINKS_NAME = f"links_edubasealldata{AS_OF:%Y%m%d}.csv"


def register_file(county: County) -> bytes:
    """Write every establishment, in Windows-1252 as the register does."""
    names = {authority.la_code: authority for authority in county.authorities}
    rows = (_row(school, names[school.la_code]) for school in county.schools)
    return _csv(HEADER, rows)


def links_file(county: County) -> bytes:
    """Write which establishment follows which."""
    rows = (
        (str(k.urn), str(k.other_urn), k.other_name, k.kind, _day(k.linked_on))
        for k in county.links
    )
    return _csv(LINKS_HEADER, rows)


def _row(school: School, authority: Authority) -> Sequence[str]:
    meals = school.meals_per_mille
    phase: str = WRITTEN.get(school.phase, school.phase)
    return (
        *(str(school.urn), school.la_code, authority.name, str(school.number)),
        *(school.name, school.kind, school.status),
        *(_day(school.opened_on), _day(school.closed_on)),
        phase,
        *(str(school.low_age), str(school.high_age), school.gender),
        school.religion or "Does not apply",
        *(_number(school.capacity), _number(school.pupils)),
        "" if meals is None else f"{meals // 10}.{meals % 10}",
        *(school.trust or "", school.federation or "", school.ukprn or ""),
        *(school.place.name, school.postcode, school.place.district),
        f"{school.place.name} and District" if school.place.is_town else "Rural",
        *(str(school.easting), str(school.northing), _day(AS_OF)),
    )


def _csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue().encode("cp1252")


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


def _day(value: date | None) -> str:
    return "" if value is None else f"{value:%d-%m-%Y}"
