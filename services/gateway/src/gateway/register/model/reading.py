"""Reads a file of the register: which schools it names, and which rows are broken.

A broken row is reported by its line and column, and the others go on. A field that the
file has no column for is not among a row's values: what is stored of it stays.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from chassis.files.records import FileUnreadable, Record, records
from gateway.register.model import columns, england, kinds, values
from gateway.register.model.columns import Header, HeaderFault
from gateway.register.model.facts import Value

_NUMBER = values.whole(0, 9999)


@dataclass(frozen=True, slots=True)
class Fault:
    """A row that is not taken: where it stands, in which column, and why."""

    line: int
    column: str
    detail: str


@dataclass(frozen=True, slots=True)
class Row:
    """A school of the file: its values by the names of `Facts`."""

    line: int
    urn: int
    la_code: str
    phase: str | None
    values: Mapping[str, Value]

    @property
    def is_closed(self) -> bool:
        return self.values["status"] == "closed"

    @property
    def is_proposed(self) -> bool:
        return self.values["status"] == "proposed-to-open"


@dataclass(frozen=True, slots=True)
class Register:
    """What a file holds: schools, broken rows, and what was left out by reason."""

    rows: Sequence[Row]
    faults: Sequence[Fault]
    left_out: Mapping[str, int]
    count: int
    changed_on: date | None
    """The newest day on which the register says that it changed a row."""
    fields: frozenset[str]


class _Broken(Exception):
    def __init__(self, field: str, detail: str) -> None:
        super().__init__(detail)
        self.field = field
        self.detail = detail


T = TypeVar("T")
Told = Callable[[int], None]


def read(
    content: bytes,
    la_codes: frozenset[str] = frozenset(),
    told: Told = lambda _rows: None,
) -> Register:
    """Read a file's bytes; `told` hears the number of rows now and then.

    `la_codes` are authorities that the directory has beside those of England.

    Raises:
        FileUnreadable: it is no file of the register, or has no schools.
    """
    found = records(content)
    header = header_of(found, columns.SPELLINGS, columns.NEEDED)
    reading = _Reading(header, la_codes)
    for count, record in enumerate(found, start=1):
        reading.take(record)
        if count % 1000 == 0:
            told(count)
    if not reading.count:
        raise FileUnreadable("The file has a header and no rows")
    return reading.register()


def header_of(
    found: Iterator[Record],
    spellings: Mapping[str, tuple[str, ...]],
    needed: Sequence[tuple[str, ...]],
) -> Header:
    """Read the first record as the header.

    Raises:
        FileUnreadable: it is none, or lacks a column.
    """
    first = next(found, None)
    if first is None or first.fields is None:
        raise FileUnreadable("The file does not begin with a header")
    header = columns.find(first.fields, spellings, needed)
    if isinstance(header, HeaderFault):
        raise FileUnreadable(f"In its first line, {header.detail}")
    return header


def ragged(record: Record, header: Header) -> Fault | None:
    """Say what is wrong with a record as a whole."""
    if record.fields is None:
        return Fault(record.line, "", record.why)
    if len(record.fields) != header.width:
        said = f"has {len(record.fields)} fields where the header has {header.width}"
        return Fault(record.line, "", said)
    return None


class _Reading:
    """What was read so far."""

    def __init__(self, header: Header, la_codes: frozenset[str]) -> None:
        self._header = header
        self._la_codes = la_codes | england.AUTHORITIES.keys()
        self._rows: dict[int, Row] = {}
        self._faults: list[Fault] = []
        self._left_out: Counter[str] = Counter()
        self._changed_on: date | None = None
        self.count = 0

    def take(self, record: Record) -> None:
        self.count += 1
        fault = ragged(record, self._header)
        if fault is not None:
            self._faults.append(fault)
            return
        cells = _Cells(self._header, record.fields or ())
        try:
            self._keep(record.line, cells)
        except _Broken as broken:
            title = cells.title(broken.field)
            self._faults.append(Fault(record.line, title, broken.detail))

    def _keep(self, line: int, cells: "_Cells") -> None:
        urn = cells.read("urn", values.URN)
        if urn is None:
            raise _Broken("urn", "is empty")
        if urn in self._rows:
            raise _Broken("urn", f"stands on line {self._rows[urn].line} already")
        kind = _kind(cells)
        reason = kind.left_out or _abroad(cells)
        if reason is not None:
            self._left_out[reason] += 1
            return
        self._rows[urn] = _row(line, urn, kind.phase, cells, self._la_codes)
        changed_on = cells.read("changed_on", values.day)
        self._changed_on = max(
            filter(None, (self._changed_on, changed_on)), default=None
        )

    def register(self) -> Register:
        fields = frozenset(self._header.places)
        rows = list(self._rows.values())
        return Register(
            rows, self._faults, self._left_out, self.count, self._changed_on, fields
        )


class _Cells:
    """The cells of one record, by field."""

    def __init__(self, header: Header, cells: Sequence[str]) -> None:
        self._places = header.places
        self._titles = header.titles
        self._cells = cells

    def has(self, field: str) -> bool:
        return field in self._places

    def title(self, field: str) -> str:
        place = self._places.get(field)
        return "" if place is None else self._titles[place]

    def cell(self, field: str) -> str:
        place = self._places.get(field)
        return "" if place is None else self._cells[place].strip()

    def read(self, field: str, reader: Callable[[str], T]) -> T:
        try:
            return reader(self.cell(field))
        except values.CellFault as wrong:
            raise _Broken(field, str(wrong)) from None


def _kind(cells: _Cells) -> kinds.Kind:
    told = cells.cell("establishment_type")
    if told and not kinds.is_known_type(told):
        raise _Broken("establishment_type", "is no type of establishment we know")
    return kinds.kind_of(told, cells.cell("phase"))


def _abroad(cells: _Cells) -> str | None:
    is_abroad = england.is_abroad(cells.cell("la_code"), cells.cell("la_name"))
    return kinds.ABROAD if is_abroad else None


def _row(
    line: int, urn: int, phase: str | None, cells: _Cells, la_codes: AbstractSet[str]
) -> Row:
    la_code = _la_code(cells, la_codes)
    told: dict[str, Value] = {
        name: cells.read(name, reader)
        for name, reader in values.READERS.items()
        if cells.has(name)
    }
    told |= {"urn": urn, "la_code": la_code}
    if phase is not None:
        told["phase"] = phase
    number = cells.read("establishment_number", _NUMBER)
    if number is not None:
        told["laestab"] = f"{la_code}{number:04}"
    return Row(line, urn, la_code, phase, told)


def _la_code(cells: _Cells, la_codes: AbstractSet[str]) -> str:
    code, name = cells.cell("la_code"), cells.cell("la_name")
    if cells.has("la_code"):
        if code not in la_codes:
            raise _Broken("la_code", "is no code of a local authority in England")
        return code
    found = england.code_of(name)
    if found is None:
        raise _Broken("la_name", "is no local authority in England")
    return found
