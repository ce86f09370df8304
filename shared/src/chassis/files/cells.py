"""Cells of files for spreadsheets: none can be run, what was marked is read back."""

import csv
import io
import re
from collections.abc import Sequence

_HAZARD = re.compile(r"['\s]*[=+\-@\uff1d\uff0b\uff0d\uff20\t\r\n]")
_MARK = "'"


def is_hazard(text: str) -> bool:
    """Whether a spreadsheet could run this text, or read it as another cell."""
    return _HAZARD.match(text) is not None


def neutral(text: str) -> str:
    """Mark text that could be run, or that bears such a mark, as text."""
    return _MARK + text if is_hazard(text) else text


def original(cell: str) -> str:
    """Take the mark off that `neutral` set."""
    rest = cell.removeprefix(_MARK)
    return rest if rest != cell and is_hazard(rest) else cell


def csv_line(fields: Sequence[str | int]) -> bytes:
    """Write one line of CSV that a spreadsheet shows and never runs."""
    line = io.StringIO()
    shown = [neutral(each) if isinstance(each, str) else each for each in fields]
    csv.writer(line, lineterminator="\r\n").writerow(shown)
    return line.getvalue().encode()
