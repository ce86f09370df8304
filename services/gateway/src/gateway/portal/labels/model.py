"""Sheets of labels: where each label lies, and what stands on it; no I/O here."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from chassis import errors
from gateway.portal.visit.model import whole

MOST = 500
"""Labels of one file."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of labels on A4, in millimetres, as its maker gives it."""

    text: str
    columns: int
    rows: int
    left: float
    top: float
    step_x: float
    step_y: float
    width: float
    height: float

    @property
    def holds(self) -> int:
        return self.columns * self.rows


# The makers' own figures for the sheets that English offices stock.
SHEETS: Mapping[str, Sheet] = {
    "L7160": Sheet(
        "21 to a sheet, 63.5 by 38.1 mm (L7160)",
        *(3, 7, 7.25, 15.15, 66.04, 38.1, 63.5, 38.1),
    ),
    "L7651": Sheet(
        "65 to a sheet, 38.1 by 21.2 mm (L7651)",
        *(5, 13, 4.65, 10.7, 40.64, 21.2, 38.1, 21.2),
    ),
    "L7163": Sheet(
        "14 to a sheet, 99.1 by 38.1 mm (L7163)",
        *(2, 7, 4.65, 15.15, 101.6, 38.1, 99.1, 38.1),
    ),
}
SHEET_TEXTS = {name: sheet.text for name, sheet in SHEETS.items()}
SYMBOLS = {
    "qr": "A QR code, which leads a phone to the page of the asset",
    "code128": "A bar code of the tag, for a scanner (Code 128)",
    "both": "Both",
}
NARROW = 50.0
"""Millimetres under which a label has no room for two symbols."""


@dataclass(frozen=True, slots=True)
class Label:
    """What stands on one label."""

    tag: str
    url: str


@dataclass(frozen=True, slots=True)
class Placed:
    """A label, and where its upper left corner lies: page from 0, millimetres."""

    label: Label
    page: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Wish:
    """How labels are to be printed; `first` counts the places of a sheet from 1."""

    sheet: str
    symbols: str
    first: int


def checked(sheet: str, symbols: str, first: str) -> Wish:
    """Read how labels are to be printed.

    Raises:
        errors.Invalid: there is no such sheet, symbol or place.
    """
    faults: list[errors.Fault] = []
    known = SHEETS.get(sheet)
    if known is None:
        faults.append(errors.Fault("/sheet", "Choose the sheet"))
    if symbols not in SYMBOLS:
        faults.append(errors.Fault("/symbols", "Choose what is printed"))
    elif known and symbols == "both" and known.width < NARROW:
        detail = "These labels have room for one code only"
        faults.append(errors.Fault("/symbols", detail))
    place = whole(first) or 0
    if known and not 1 <= place <= known.holds:
        detail = f"Enter a number from 1 to {known.holds}"
        faults.append(errors.Fault("/first", detail))
    if faults:
        raise errors.Invalid(faults=faults)
    return Wish(sheet, symbols, place)


def placed(sheet: Sheet, first: int, labels: Sequence[Label]) -> Iterator[Placed]:
    """Lay labels out row by row, from the place `first` of the first sheet on."""
    for at, label in enumerate(labels, first - 1):
        page, place = divmod(at, sheet.holds)
        row, column = divmod(place, sheet.columns)
        x, y = sheet.left + column * sheet.step_x, sheet.top + row * sheet.step_y
        yield Placed(label, page, round(x, 2), round(y, 2))


def address(public_url: str, asset_id: UUID) -> str:
    """Say where a label leads; short, so that its code stays coarse."""
    return f"{public_url}/label/{asset_id.hex}"
