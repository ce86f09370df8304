"""Makes assets of the rows of a file; says of every other row what is wrong with it."""

from calendar import monthrange
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import MAXYEAR, date
from typing import Any

from pydantic import TypeAdapter, ValidationError

from inventory.imports.model import RetiredInRoom
from inventory.imports.schemas import ImportedAsset
from inventory.kinds.model import fields, own
from inventory.sheets.model import columns, presets, sheet, values
from inventory.sheets.model.columns import (
    DETAIL,
    DETAIL_FIELDS,
    WARRANTY_MONTHS,
    Form,
    Target,
)
from inventory.sheets.model.imports import RowFault
from inventory.sheets.model.reading import Reading
from inventory.sheets.model.sheet import Line, Row
from inventory.sheets.model.values import CellFault

_ASSET = TypeAdapter(ImportedAsset)
_PLACES = ("site", "building", "room")
_NOWHERE = frozenset({"retired"})
_ANY = "*"
_SHOWN = 100


@dataclass(frozen=True, slots=True)
class Told:
    """An asset as a row tells of it, and which of its values the row itself has."""

    line: int
    asset: ImportedAsset
    named: frozenset[str]

    @property
    def key(self) -> tuple[int, str]:
        """What no two assets share: a tag at a school."""
        return self.asset.school_urn, self.asset.tag.lower()


@dataclass(frozen=True, slots=True)
class Taken:
    """What a file holds: assets, and what is wrong with the other rows."""

    assets: Sequence[Told]
    faults: Sequence[RowFault]
    count: int


def taken(content: bytes, reading: Reading, school_urn: int | None) -> Taken:
    """Read a whole file; of two rows with one tag, the first is taken.

    `school_urn` is that of the school whose kit all of it is, if it is one's.
    """
    if sheet.layout_of(content[:512]) == "jsonl":
        found = (_of_line(line, school_urn) for line in sheet.lines(content))
    else:
        take = _Taking(reading, school_urn)
        found = (take.row(row) for row in sheet.read(content).rows)
    return _without_doubles(found)


def _without_doubles(found: Iterator[Told | list[RowFault]]) -> Taken:
    assets: list[Told] = []
    faults: list[RowFault] = []
    lines: dict[tuple[int, str], int] = {}
    count = 0
    for each in found:
        count += 1
        if isinstance(each, list):
            faults += map(_storable, each)
        elif each.key in lines:
            detail = f"stands on line {lines[each.key]} already"
            faults.append(RowFault(each.line, "", each.asset.tag, detail))
        else:
            lines[each.key] = each.line
            assets.append(each)
    return Taken(assets, faults, count)


def _storable(fault: RowFault) -> RowFault:
    """Show the letter that no database keeps as what it is: unreadable."""
    heading, said = (t.replace("\0", "\ufffd") for t in (fault.heading, fault.said))
    return replace(fault, heading=heading, said=said)


def _of_line(line: Line, school_urn: int | None) -> Told | list[RowFault]:
    if line.told is None:
        return [RowFault(line.line, "", "", line.why)]
    told = dict(line.told)
    if school_urn is not None:
        told.setdefault("school_urn", school_urn)
    names = {name: name for name in told}
    return _asset(line.line, told, names, school_urn)


class _Taking:
    """Takes the rows of a table, as its columns are to be read."""

    def __init__(self, reading: Reading, school_urn: int | None) -> None:
        self._reading = reading
        self._school_urn = school_urn
        self._targets = [
            (heading, columns.TARGETS[name])
            for heading, name in reading.columns.items()
        ]
        self._headings = {name: heading for heading, name in reading.columns.items()}
        dates = reading.dates
        self._takers: Mapping[Form, Callable[[Target, str], object]] = {
            "text": lambda _, cell: values.text(cell),
            "code": lambda _, cell: values.code(cell),
            "day": lambda _, cell: values.day(cell, dates),
            "pence": lambda _, cell: values.pence(cell),
            "months": lambda _, cell: values.months(cell),
            "urn": lambda _, cell: values.whole(cell),
            "category": self._chooser("category", presets.category_of),
            "status": self._chooser("status", presets.status_of),
            "cfr": lambda _, cell: cell.upper().replace(" ", ""),
            "detail": lambda target, cell: values.detail(
                DETAIL_FIELDS[target.name.removeprefix(DETAIL)], cell, dates
            ),
        }

    def _chooser(
        self, name: str, usual: Callable[[str], str | None]
    ) -> Callable[[Target, str], str]:
        said = self._reading.words.get(name, {})
        words = {values.key(word): ours for word, ours in said.items() if word != _ANY}

        def read(_target: Target, cell: str) -> str:
            found = words.get(values.key(cell)) or usual(cell) or said.get(_ANY)
            if not found:
                raise CellFault("is no word that is known here: say what it stands for")
            return found

        return read

    def row(self, row: Row) -> Told | list[RowFault]:
        if row.cells is None:
            return [RowFault(row.line, "", "", row.why)]
        told: dict[str, Any] = {}
        faults: list[RowFault] = []
        for heading, target in self._targets:
            cell = row.cells.get(heading)
            if not cell:
                continue
            try:
                told[target.name] = self._value(target, cell)
            except CellFault as wrong:
                shown = cell[:_SHOWN]
                faults.append(RowFault(row.line, heading, shown, str(wrong)))
        named = frozenset(told)
        for name, text in self._reading.defaults.items():
            told.setdefault(name, text)
        if faults:
            return faults
        if self._school_urn is not None:
            told["school_urn"] = self._school_urn
        try:
            arranged = _arranged(told)
        except CellFault as wrong:
            heading = self._headings[WARRANTY_MONTHS]
            shown = row.cells[heading][:_SHOWN]
            return [RowFault(row.line, heading, shown, str(wrong))]
        found = _asset(row.line, arranged, self._headings, self._school_urn)
        return replace(found, named=named) if isinstance(found, Told) else found

    def _value(self, target: Target, cell: str) -> object:
        return self._takers[target.form](target, cell)


def _arranged(told: Mapping[str, Any]) -> dict[str, Any]:
    """Bring the values of a row into the form in which an asset is told."""
    plain = {name: v for name, v in told.items() if not name.startswith(DETAIL)}
    details = {
        n.removeprefix(DETAIL): v for n, v in told.items() if n.startswith(DETAIL)
    }
    if details and plain.get("category") in own.FIELDS:
        # A column for all kinds of kit tells of those only that have such a field.
        known = own.FIELDS[plain["category"]]
        details = {name: value for name, value in details.items() if name in known}
    months = plain.pop(WARRANTY_MONTHS, None)
    bought = plain.get("purchased_on")
    if months is not None and bought:
        # What is so for all rows comes as it was told, as text.
        day = date.fromisoformat(bought) if isinstance(bought, str) else bought
        plain.setdefault("warranty_until", _later(day, months))
    if plain.get("status") in _NOWHERE:
        plain = {name: v for name, v in plain.items() if name not in _PLACES}
    return {**plain, "details": details}


def _later(day: date, months: int) -> date:
    """Count months on, to the last day of a month that is shorter.

    Raises:
        CellFault: no calendar goes so far.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > MAXYEAR:
        raise CellFault(
            "ends after the calendar does: look at the year of the purchase"
        )
    _, last = monthrange(year, month + 1)
    return date(year, month + 1, min(day.day, last))


def _asset(
    line: int, told: Mapping[str, Any], headings: Mapping[str, str], urn: int | None
) -> Told | list[RowFault]:
    """Judge what a row tells as what the interface is told is judged."""
    try:
        asset = _ASSET.validate_python(told)
    except ValidationError as wrong:
        return [_fault(line, told, headings, e["loc"], e) for e in wrong.errors()]
    if urn is not None and asset.school_urn != urn:
        detail = "is another school than the one that the file is sent for"
        return [RowFault(line, "school_urn", str(asset.school_urn), detail)]
    known = own.FIELDS[asset.category]
    _, wrong_details = fields.checked(known, asset.details, "")
    if wrong_details:
        return [
            RowFault(
                line,
                headings.get(f"{DETAIL}{each.pointer[1:]}", each.pointer[1:]),
                str(asset.details[each.pointer[1:]])[:_SHOWN],
                each.detail,
            )
            for each in wrong_details
        ]
    if asset.status in _NOWHERE and asset.room is not None:
        return [RowFault(line, "room", asset.room, RetiredInRoom.title)]
    return Told(line, asset, frozenset(told))


def _fault(
    line: int,
    told: Mapping[str, Any],
    headings: Mapping[str, str],
    location: tuple[int | str, ...],
    error: Any,
) -> RowFault:
    name = str(location[0]) if location else ""
    heading = headings.get(
        name, columns.TARGETS[name].label if name in columns.TARGETS else name
    )
    if error["type"] == "missing":
        return RowFault(line, heading, "", "is empty")
    return RowFault(line, heading, str(told.get(name, ""))[:_SHOWN], _in_words(error))


def _in_words(error: Any) -> str:
    match error["type"]:
        case "string_too_long":
            return f"has more than {error['ctx']['max_length']} characters"
        case "string_too_short":
            return "is empty"
        case "string_pattern_mismatch":
            return "has a character that cannot be shown"
        case "extra_forbidden":
            return "is no value of an asset"
        case _:
            return str(error["msg"])
