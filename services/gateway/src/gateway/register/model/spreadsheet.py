"""Writes lines of CSV that a spreadsheet shows and never runs."""

import csv
import io
from collections.abc import Sequence

_STARTS = ("=", "+", "-", "@", "\t", "\r")


def csv_line(cells: Sequence[str | int]) -> bytes:
    """Write one line; text that a spreadsheet would take for a formula is marked."""
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow([_plain(each) for each in cells])
    return line.getvalue().encode()


def _plain(cell: str | int) -> str | int:
    is_formula = isinstance(cell, str) and cell.lstrip().startswith(_STARTS)
    return f"'{cell}" if is_formula else cell
