"""Reads a file of people: who is to have which role where; broken rows are named."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from pydantic import TypeAdapter, ValidationError

from chassis.files import cells
from chassis.files.records import FileUnreadable, Record, records
from contracts import roles
from gateway.people import model, refusals
from gateway.people.schemas import Email, Name
from gateway.register.model import columns, values
from gateway.register.model.columns import Header, HeaderFault

MOST_ROWS = 5000
SPELLINGS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "display_name": ("Name", "Display name", "display_name"),
        "email": ("E-mail", "Email", "E-mail address", "Email address"),
        "role": ("Role",),
        "school_urn": ("URN", "School URN", "school_urn"),
        "la_code": ("LA code", "LA", "la_code"),
        "from_on": ("From", "First day", "from_on"),
        "to_on": ("To", "Last day", "to_on"),
    }
)
NEEDED = (("display_name",), ("email",), ("role",), ("school_urn", "la_code"))
_GIVEN = model.OF_AN_LA | roles.OF_A_SCHOOL
_NAME: TypeAdapter[str] = TypeAdapter(Name)
_EMAIL: TypeAdapter[str] = TypeAdapter(Email)


@dataclass(frozen=True, slots=True)
class Fault:
    """A row that is not taken: where it stands, in which column, and why."""

    line: int
    column: str
    detail: str


@dataclass(frozen=True, slots=True)
class Row:
    """A role of the file, for somebody at one place."""

    line: int
    display_name: str
    email: str
    role: str
    school_urn: int | None
    la_code: str | None
    from_on: date
    to_on: date | None

    @property
    def email_key(self) -> str:
        return self.email.lower()

    @property
    def place(self) -> int | str:
        return self.school_urn or self.la_code or ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a file holds, and how it heads its columns."""

    rows: Sequence[Row]
    faults: Sequence[Fault]
    count: int
    titles: Mapping[str, str]

    def fault(self, line: int, field: str, detail: str) -> Fault:
        """Say what is wrong in a row, by the column's own title."""
        return Fault(line, self.titles.get(field, ""), detail)


class _Broken(Exception):
    def __init__(self, field: str, detail: str) -> None:
        super().__init__(detail)
        self.field = field
        self.detail = detail


def read(content: bytes, today: date) -> Sheet:
    """Read a file's bytes; a broken row does not spoil the others.

    Raises:
        refusals.PeopleFileUnreadable: it is no such file, or has no rows.
        refusals.PeopleFileTooLong: it has more rows than are taken at once.
    """
    try:
        found = list(records(content))
    except FileUnreadable as wrong:
        raise refusals.PeopleFileUnreadable(wrong.detail) from wrong
    header = _header(found[:1])
    if len(found) - 1 > MOST_ROWS:
        raise refusals.PeopleFileTooLong(f"The file has {len(found) - 1:,} rows")
    if len(found) == 1:
        raise refusals.PeopleFileUnreadable("The file has a header and no rows")
    titles = {name: header.titles[place] for name, place in header.places.items()}
    sheet = Sheet([], [], len(found) - 1, titles)
    taken = list(_rows(found[1:], header, sheet, today))
    return replace(
        sheet,
        rows=[each for each in taken if isinstance(each, Row)],
        faults=[each for each in taken if isinstance(each, Fault)],
    )


def _header(first: Sequence[Record]) -> Header:
    fields = first[0].fields if first else None
    if fields is None:
        raise refusals.PeopleFileUnreadable("The file does not begin with a header")
    header = columns.find(fields, SPELLINGS, NEEDED)
    if isinstance(header, HeaderFault):
        raise refusals.PeopleFileUnreadable(f"In its first line, {header.detail}")
    return header


def _rows(
    found: Sequence[Record], header: Header, sheet: Sheet, today: date
) -> Iterator[Row | Fault]:
    """Read each row; one that repeats or gainsays an earlier one is broken."""
    lines: dict[tuple[str, str, int | str], int] = {}
    names: dict[str, Row] = {}
    for record in found:
        if record.fields is None or len(record.fields) != header.width:
            said = record.why or f"has not the {header.width} fields of the header"
            yield Fault(record.line, "", said)
            continue
        try:
            row = _row(record.line, _cells(header, record.fields), today)
        except _Broken as broken:
            yield sheet.fault(record.line, broken.field, broken.detail)
            continue
        named = names.setdefault(row.email_key, row)
        first = lines.setdefault((row.email_key, row.role, row.place), row.line)
        if first != row.line:
            yield sheet.fault(row.line, "role", f"is on line {first} already")
        elif named.display_name != row.display_name:
            said = f"is another name than that of this address on line {named.line}"
            yield sheet.fault(row.line, "display_name", said)
        else:
            yield row


def _cells(header: Header, fields: Sequence[str]) -> Mapping[str, str]:
    return {
        name: cells.original(fields[place].strip()).strip()
        for name, place in header.places.items()
    }


def _row(line: int, said: Mapping[str, str], today: date) -> Row:
    role = _role(said["role"])
    urn, la_code = said.get("school_urn", ""), said.get("la_code", "")
    if role in model.OF_AN_LA:
        if urn:
            raise _Broken("school_urn", "must be empty: the role is of a whole LA")
        place: tuple[int | None, str | None] = (None, _code(la_code))
    else:
        # A school's own LA beside its URN, as exports have it, says nothing more.
        place = (_urn(urn), None)
    begins = _read("from_on", values.day, said) or today
    ends = _read("to_on", values.day, said)
    if ends is not None and ends < max(begins, today):
        why = "is over" if ends < today else "is before the first day"
        raise _Broken("to_on", why)
    return Row(
        line,
        _name(said["display_name"]),
        _email(said["email"]),
        role,
        *place,
        begins,
        ends,
    )


def _read(
    field: str, reader: Callable[[str], date | None], said: Mapping[str, str]
) -> date | None:
    try:
        return reader(said.get(field, ""))
    except values.CellFault as wrong:
        raise _Broken(field, str(wrong)) from None


def _name(cell: str) -> str:
    try:
        return _NAME.validate_python(values.text(cell) or "")
    except (ValidationError, values.CellFault):
        raise _Broken("display_name", "is no name of up to 120 letters") from None


def _email(cell: str) -> str:
    try:
        return _EMAIL.validate_python(cell)
    except ValidationError:
        raise _Broken("email", "is no e-mail address") from None


def _role(cell: str) -> str:
    """Take a role as people or the interface write it."""
    role = cell.casefold().replace(" ", "-")
    named = {
        "la-technical-manager": roles.LA_MANAGER,
        "la-support-desk": roles.LA_TECHNICIAN,
    }
    role = named.get(role, role)
    if role not in _GIVEN:
        raise _Broken("role", "is no role that can be given")
    return role


def _urn(cell: str) -> int:
    if len(cell) != 6 or not (cell.isascii() and cell.isdigit()) or cell < "100000":  # noqa: PLR2004 - six digits
        raise _Broken("school_urn", "is no URN of six digits")
    return int(cell)


def _code(cell: str) -> str:
    if len(cell) != 3 or not (cell.isascii() and cell.isdigit()):  # noqa: PLR2004 - three digits
        raise _Broken("la_code", "is no LA code of three digits")
    return cell
