"""The local authorities and regions of England, as typed facts.

Codes are those of the Department for Education (LA) and the Office for National
Statistics (region, with the register's own letter). An authority that a reorganisation
ended keeps its code, its last year and its successors: old rows of the register still
name it. Source: DfE LA codes, ONS region codes, the structural changes orders.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from gateway.register.model.authorities import TABLE


@dataclass(frozen=True, slots=True)
class Region:
    """One of the nine regions; `letter` is how the register abbreviates it (GOR)."""

    region_code: str
    letter: str
    name: str


@dataclass(frozen=True, slots=True)
class LocalAuthority:
    """An LA with the years of its first and last 1 April, where they are recent."""

    la_code: str
    name: str
    region_code: str
    from_year: int | None = None
    to_year: int | None = None
    successors: tuple[str, ...] = ()

    @property
    def began_on(self) -> date | None:
        return date(self.from_year, 4, 1) if self.from_year else None


REGIONS: Mapping[str, Region] = MappingProxyType(
    {
        region.letter: region
        for region in (
            Region("E12000001", "A", "North East"),
            Region("E12000002", "B", "North West"),
            Region("E12000003", "D", "Yorkshire and the Humber"),
            Region("E12000004", "E", "East Midlands"),
            Region("E12000005", "F", "West Midlands"),
            Region("E12000006", "G", "East of England"),
            Region("E12000007", "H", "London"),
            Region("E12000008", "J", "South East"),
            Region("E12000009", "K", "South West"),
        )
    }
)

_FORMER_NAME = re.compile(r"pre-lgr (?P<year>\d{4}) (?P<name>.+)")
# How data sets of the department write some names beside the register's own way.
_ALSO = {
    "bournemouth christchurch and poole": "839",
    "bristol": "801",
    "durham": "840",
    "herefordshire": "884",
    "kingston upon hull": "810",
}
_ABROAD_CODES = frozenset({"000", *map(str, [*range(660, 682), *range(701, 709)])})
_ABROAD_NAME = re.compile(r"does not apply|.* (overseas|offshore) establishments")
_WALES = frozenset(
    {
        "blaenau gwent",
        "bridgend",
        "caerphilly",
        "cardiff",
        "carmarthenshire",
        "ceredigion",
        "conwy",
        "denbighshire",
        "flintshire",
        "gwynedd",
        "isle of anglesey",
        "merthyr tydfil",
        "monmouthshire",
        "neath port talbot",
        "newport",
        "pembrokeshire",
        "powys",
        "rhondda cynon taf",
        "swansea",
        "torfaen",
        "vale of glamorgan",
        "wrexham",
    }
)


def code_of(name: str) -> str | None:
    """Find an LA's code by a name; "Pre-LGR 2021 ..." names one that was ended."""
    key = _key(name)
    former = _FORMER_NAME.fullmatch(key)
    if former is not None:
        return _ENDED.get((former["name"], int(former["year"])))
    return _ALSO.get(key) or _NAMED.get(key)


def is_abroad(la_code: str | None, la_name: str | None) -> bool:
    """Say whether the register puts an establishment outside England."""
    key = _key(la_name or "")
    return (
        la_code in _ABROAD_CODES
        or key in _WALES
        or _ABROAD_NAME.fullmatch(key) is not None
    )


def _key(name: str) -> str:
    words = name.casefold().replace(",", " ").replace(".", "").split()
    return " ".join(words)


def _parse(line: str, region_code: str) -> LocalAuthority:
    head, *more = (part.strip() for part in line.split("|"))
    code, _, name = head.partition(" ")
    told = dict(part.split(" ", 1) for part in more)
    began, ended = told.get("from"), told.get("to")
    return LocalAuthority(
        code,
        name,
        region_code,
        int(began) if began else None,
        int(ended) if ended else None,
        tuple(told.get("then", "").split()),
    )


AUTHORITIES: Mapping[str, LocalAuthority] = MappingProxyType(
    {
        authority.la_code: authority
        for letter, table in TABLE.items()
        for line in table.strip().splitlines()
        for authority in [_parse(line.strip(), REGIONS[letter].region_code)]
    }
)
# A name that an ended authority and a present one share is the present one's.
_NAMED = {
    _key(authority.name): authority.la_code
    for authority in sorted(AUTHORITIES.values(), key=lambda a: a.to_year is None)
}
_ENDED = {
    (_key(a.name), a.to_year): a.la_code for a in AUTHORITIES.values() if a.to_year
}
