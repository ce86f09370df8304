"""Cells of files for spreadsheets: none can be run, what was marked is read back."""

import re

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
