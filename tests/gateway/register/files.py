"""Register files as tests write them, row by row."""

import csv
import io
from typing import Any

ROW: dict[str, Any] = {
    "URN": 140001,
    "LA (code)": "928",
    "EstablishmentNumber": "2001",
    "EstablishmentName": "Ash Primary School",
    "TypeOfEstablishment (name)": "Community school",
    "EstablishmentStatus (name)": "Open",
    "PhaseOfEducation (name)": "Primary",
    "NumberOfPupils": 210,
    "Postcode": "NN1 1AA",
}


def row(urn: int = 140001, **changes: Any) -> dict[str, Any]:
    """One row; `la`, `name`, `status`, `phase`, `pupils`, `kind`, `postcode` change."""
    titles = {
        "la": "LA (code)",
        "name": "EstablishmentName",
        "status": "EstablishmentStatus (name)",
        "phase": "PhaseOfEducation (name)",
        "pupils": "NumberOfPupils",
        "kind": "TypeOfEstablishment (name)",
        "postcode": "Postcode",
        "number": "EstablishmentNumber",
    }
    changed = {titles.get(name, name): value for name, value in changes.items()}
    return ROW | {"URN": urn} | changed


def text(*rows: dict[str, Any]) -> bytes:
    file = io.StringIO()
    writer = csv.DictWriter(file, list(rows[0]), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue().encode("cp1252")


def links_text(*links: tuple[int, int, str, str]) -> bytes:
    """Links as (URN, other URN, kind, day)."""
    lines = ["URN,LinkURN,LinkName,LinkType,LinkEstablishedDate"]
    lines += [f"{urn},{other},Other,{kind},{day}" for urn, other, kind, day in links]
    return "\r\n".join(lines).encode("cp1252")
