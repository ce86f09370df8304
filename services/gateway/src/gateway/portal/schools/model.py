"""The table of an LA's schools: its columns, its filters, its order, its pages."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from gateway.directory.model import School
from gateway.portal.comparison import model as comparison
from gateway.portal.school import model as school
from gateway.portal.tables.export import Cell
from gateway.portal.tables.model import ORDERS, Column, Filter, State, Table

OPEN = {"open", "open-proposed-to-close"}
NOW = "now"
STATUSES = {
    NOW: "Open",
    **{code: said for code, said in school.STATUSES.items() if code != "open"},
}
LINKS = "go"
"""The column that leads on; there is nothing of it to keep in a file."""
_COLUMNS = (
    Column("name", "School", up="name", down="-name"),
    Column("urn", "URN", up="urn", down="-urn", orders=ORDERS["number"]),
    Column("phase", "Phase", up="phase", down="-phase"),
    Column("status", "Status", up="status", down="-status"),
    Column("district", "District", up="district", down="-district"),
    Column("pupils", "Pupils", "number", up="pupils", down="-pupils"),
    Column(LINKS, "Go to"),
    Column("establishment_type", "Type", shown=False),
    Column("trust", "Trust", up="trust", down="-trust", shown=False),
    Column("town", "Town", shown=False),
    Column("postcode", "Postcode", shown=False),
    Column(
        "opened_on", "Opened", "day", up="opened_on", down="-opened_on", shown=False
    ),
    Column(
        "closed_on", "Closed", "day", up="closed_on", down="-closed_on", shown=False
    ),
)


def table(schools: Iterable[School]) -> Table:
    """Make the table of some schools, with the districts in which they are."""
    districts = sorted({each.district for each in schools if each.district})
    filters = [
        Filter("q", "Search"),
        Filter("phase", "Phase", comparison.PHASES, "Every phase"),
        Filter("status", "Status", STATUSES, "Every status", usual=NOW),
    ]
    if districts:
        named = {name: name for name in districts}
        filters.append(Filter("district", "District", named, "Every district"))
    return Table("schools", "school", "schools", _COLUMNS, tuple(filters), "name")


def chosen(schools: Iterable[School], state: State) -> list[School]:
    """The schools that a state's filters take, in its order; words are found before."""
    asked = state.filters
    taken = [each for each in schools if _is_taken(each, asked)]
    return ordered(taken, state.sort)


def _is_taken(each: School, asked: Mapping[str, str]) -> bool:
    status, phase = asked.get("status"), asked.get("phase")
    district = asked.get("district")
    return (
        (not status or (status == NOW and each.status in OPEN) or each.status == status)
        and (not phase or each.phase == phase)
        and (not district or each.district == district)
    )


def ordered(schools: Sequence[School], sort: str) -> list[School]:
    """Order schools by a column, then by name; what is not told is last either way."""
    key = sort.removeprefix("-")
    by_name = sorted(schools, key=lambda s: (s.name.casefold(), s.urn))
    told = [(cells_of(each)[key], each) for each in by_name]
    known = [pair for pair in told if pair[0] is not None]
    known.sort(key=lambda pair: _comparable(pair[0]), reverse=sort.startswith("-"))
    return [s for _, s in known] + [s for cell, s in told if cell is None]


def _comparable(cell: Cell) -> tuple[float, str]:
    match cell:
        case str():
            return 0, cell.casefold()
        case date():
            return cell.toordinal(), ""
        case _:
            return float(cell or 0), ""


def page(
    schools: Sequence[School], after: str, size: int
) -> tuple[Sequence[School], str | None]:
    """Cut the page that follows a school's URN, and say what the next one follows."""
    at = next((n for n, s in enumerate(schools, 1) if str(s.urn) == after), 0)
    shown = schools[at : at + size]
    is_last = at + size >= len(schools)
    return shown, None if is_last else str(shown[-1].urn)


def cells_of(each: School) -> dict[str, Cell]:
    """Write a school as the cells of its row in a file."""
    return {
        "name": each.name,
        "urn": each.urn,
        "phase": comparison.PHASES.get(each.phase, each.phase),
        "status": school.STATUSES.get(each.status, each.status),
        "district": each.district,
        "pupils": each.pupils,
        "establishment_type": each.establishment_type,
        "trust": each.trust,
        "town": each.town,
        "postcode": each.postcode,
        "opened_on": each.opened_on,
        "closed_on": each.closed_on,
    }
