"""How register files head their columns: one table of spellings for each field.

The first spelling is that of the register's own extract; the others are those of
published data sets. Head teachers, telephones and addresses of people have no entry,
so that nothing of them is read.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

SPELLINGS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "urn": ("URN",),
        "la_code": ("LA (code)", "la_code"),
        "la_name": ("LA (name)", "la_name", "local_authority_name"),
        "establishment_number": ("EstablishmentNumber", "estab"),
        "name": ("EstablishmentName", "school_name", "name"),
        "establishment_type": (
            "TypeOfEstablishment (name)",
            "establishment_type",
            "school_type",
        ),
        "status": ("EstablishmentStatus (name)", "school_status", "status"),
        "phase": ("PhaseOfEducation (name)", "phase_type", "phase_of_education"),
        "opened_on": ("OpenDate", "open_date"),
        "closed_on": ("CloseDate", "close_date"),
        "low_age": ("StatutoryLowAge", "statutory_low_age"),
        "high_age": ("StatutoryHighAge", "statutory_high_age"),
        "gender": ("Gender (name)", "gender"),
        "religious_character": ("ReligiousCharacter (name)", "religious_character"),
        "capacity": ("SchoolCapacity", "school_capacity"),
        "pupils": ("NumberOfPupils", "number_of_pupils"),
        "free_school_meals_percent": ("PercentageFSM", "percentage_fsm"),
        "trust": ("Trusts (name)", "trust_name"),
        "federation": ("Federations (name)", "federation_name"),
        "ukprn": ("UKPRN",),
        "town": ("Town",),
        "postcode": ("Postcode",),
        "district": ("DistrictAdministrative (name)", "administrative_district"),
        "ward": ("AdministrativeWard (name)", "administrative_ward"),
        "easting": ("Easting",),
        "northing": ("Northing",),
        "changed_on": ("LastChangedDate", "last_changed_date"),
    }
)
LINK_SPELLINGS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "urn": ("URN",),
        "other_urn": ("LinkURN", "link_urn"),
        "other_name": ("LinkName", "link_name"),
        "kind": ("LinkType", "link_type"),
        "linked_on": ("LinkEstablishedDate", "established"),
    }
)
# One of each line must be there.
NEEDED = (("urn",), ("la_code", "la_name"), ("name",), ("status",), ("phase",))
LINKS_NEEDED = (("urn",), ("other_urn",), ("kind",))


@dataclass(frozen=True, slots=True)
class Header:
    """Where each field stands in a file, and how the file spells it."""

    places: Mapping[str, int]
    titles: Sequence[str]

    @property
    def width(self) -> int:
        return len(self.titles)


@dataclass(frozen=True, slots=True)
class HeaderFault:
    """Why a header cannot be used."""

    detail: str


def find(
    titles: Sequence[str],
    spellings: Mapping[str, tuple[str, ...]],
    needed: Sequence[tuple[str, ...]],
) -> Header | HeaderFault:
    """Find the fields by the names of the columns, whatever their order."""
    wanted = {_key(title): field for field, all_ in spellings.items() for title in all_}
    places: dict[str, int] = {}
    for place, title in enumerate(titles):
        field = wanted.get(_key(title))
        if field in places:
            return HeaderFault(f"two columns are headed {title}")
        if field is not None:
            places[field] = place
    missing = [each for each in needed if not places.keys() & set(each)]
    if missing:
        names = "; ".join(
            " or ".join(spellings[field][0] for field in each) for each in missing
        )
        return HeaderFault(f"the header has no column {names}")
    return Header(places, [title.strip() for title in titles])


def _key(title: str) -> str:
    return " ".join(title.casefold().split())
