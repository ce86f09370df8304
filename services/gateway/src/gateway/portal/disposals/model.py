"""The words of disposals, and what stands on the record of one; no I/O."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from chassis import errors
from gateway.portal.assets import model as assets
from gateway.portal.disposals.schemas import Disposal, Gone
from gateway.portal.tables.export import Cell
from gateway.portal.templates import formats
from gateway.portal.wipes import model as wipes

DATA: Mapping[str, str] = {
    "erased": "Erased, and seen to be gone",
    "not-verified": "Erased, not checked",
    "not-erased": "Not recorded as erased",
    "none-known": "Not known to hold data",
}
TONES: Mapping[str, str] = {
    "erased": "good",
    "not-verified": "warn",
    "not-erased": "bad",
    "none-known": "quiet",
}
WASTE: Mapping[int, str] = {
    3: "3, IT and telecommunications equipment",
    4: "4, consumer equipment",
}
"""Of the Waste Electrical and Electronic Equipment Regulations 2013, schedule 3."""


@dataclass(frozen=True, slots=True)
class Which:
    """One disposal of a school: on a day, in a way, under a reference or none."""

    disposed_on: date
    method: str
    reference: str

    def query(self) -> dict[str, str]:
        return {
            "disposed_on": self.disposed_on.isoformat(),
            "method": self.method,
            "reference": self.reference,
        }


def which(disposed_on: str, method: str, reference: str) -> Which:
    """Read which disposal an address means.

    Raises:
        errors.NotFound: there can be none of that day, or that went so.
    """
    try:
        day = date.fromisoformat(disposed_on)
    except ValueError:
        raise errors.NotFound from None
    if method not in assets.METHODS:
        raise errors.NotFound
    return Which(day, method, reference.strip())


def link(each: Disposal) -> str:
    asked = Which(each.disposed_on, each.method, each.reference or "").query()
    return f"/schools/{each.school_urn}/disposals/one?{urlencode(asked)}"


def data(each: Disposal) -> str:
    """Say in a few words how the data of a disposal stands."""
    if not each.holding:
        return "None known"
    return f"{each.erased} of {each.holding} erased"


def cells(each: Disposal, schools: Mapping[int, str]) -> dict[str, Cell]:
    """Write a disposal as a row of its list."""
    return {
        "disposed_on": each.disposed_on,
        "school": schools.get(each.school_urn, each.school_name),
        "method": assets.METHODS.get(each.method, each.method),
        "reference": each.reference,
        "assets": each.assets,
        "data": data(each),
    }


def how(each: Gone) -> str:
    """Say in a sentence how the data on an asset was erased."""
    if each.wiped_on is None:
        return DATA.get(each.data, each.data)
    said = [
        wipes.METHODS.get(each.wipe_method or "", each.wipe_method or ""),
        formats.day(each.wiped_on),
        f"by {each.done_by}",
    ]
    said += [f"with {each.tool}"] if each.tool else []
    said += [f"certificate {each.certificate}"] if each.certificate else []
    said += [] if each.is_verified else ["not checked"]
    return ", ".join(said)


def counted(kit: Sequence[Gone]) -> list[tuple[str, int]]:
    """Count kit by how its data stands, the worst first."""
    of = Counter(each.data for each in kit)
    order = ("not-erased", "not-verified", "erased", "none-known")
    return [(DATA[each], of[each]) for each in order if of[each]]


def told(
    school: str, urn: int, la_name: str, what: Which, kit: Sequence[Gone], on: date
) -> dict[str, object]:
    """Lay out all that stands on the record of a disposal."""
    waste = Counter(
        WASTE[each.waste_category] for each in kit if each.waste_category is not None
    )
    return {
        "school": school,
        "urn": urn,
        "la": la_name,
        "on": formats.day(what.disposed_on),
        "how": assets.METHODS.get(what.method, what.method),
        "is_waste": what.method in {"recycled", "scrapped"},
        "reference": what.reference or "None",
        "drawn": formats.day(on),
        "assets": len(kit),
        "data": [[text, number] for text, number in counted(kit)],
        "waste": [[text, number] for text, number in sorted(waste.items())],
        "kit": [
            {
                "tag": each.tag,
                "what": f"{each.manufacturer} {each.model}",
                "kind": assets.CATEGORIES.get(each.category, each.category),
                "serial": each.serial or "None",
                "waste": each.waste_category or "",
                "data": how(each),
            }
            for each in kit
        ],
    }
