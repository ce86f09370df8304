"""Reads the bytes of a CSV file into records, each with the line it stands on.

The register of schools writes Windows-1252; other tools save the same file as UTF-8,
with or without a mark. Text that is valid UTF-8 beyond ASCII is UTF-8: Windows-1252
prose is not, but by an accident that no name of a place has.
"""

import csv
import gzip
import io
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from chassis import errors

MOST_BYTES = 512 * 1024 * 1024
LONGEST_RECORD = 10
"""Lines that one record may span; more is a quotation mark that nobody closed."""

GZIP = b"\x1f\x8b"
_KINDS = (
    (b"PK\x03\x04", "a ZIP archive or a spreadsheet: extract or save it as CSV first"),
    (b"%PDF", "a PDF document"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook: save it as CSV first"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"<", "a web page or XML"),
    (b"{", "JSON"),
    (b"[", "JSON"),
)


class FileUnreadable(errors.Invalid):
    """The file is of another kind, or damaged; nothing of it was taken."""

    slug = "file-unreadable"
    title = "This file cannot be read"


@dataclass(frozen=True, slots=True)
class Record:
    """One record: the line it begins on, and its fields; None where it is broken."""

    line: int
    fields: Sequence[str] | None
    why: str = ""


def records(content: bytes, delimiter: str = ",") -> Iterator[Record]:
    """Split a file into records; one that is broken does not spoil the next.

    Raises:
        FileUnreadable: it is empty, or of another kind altogether.
    """
    lines = list(io.StringIO(_text(_unpacked(content)), newline=""))
    at = 0
    while at < len(lines):
        taken, record = _record(lines, at, delimiter)
        if record.fields != []:
            yield record
        at += taken


def _record(lines: list[str], at: int, delimiter: str) -> tuple[int, Record]:
    line = lines[at]
    if '"' not in line:
        text = line.rstrip("\r\n")
        is_empty = not text.strip(delimiter + " ")
        return 1, Record(at + 1, [] if is_empty else text.split(delimiter))
    reader = csv.reader(
        lines[at : at + LONGEST_RECORD], strict=True, delimiter=delimiter
    )
    try:
        fields = next(reader)
    except csv.Error:
        return 1, Record(at + 1, None, "a quotation mark is not closed, or misplaced")
    return reader.line_num, Record(at + 1, fields)


def require_kind(head: bytes, part: str = "file") -> None:
    """Refuse what begins as no file of the register does, naming the part it came as.

    Raises:
        FileUnreadable: with what it is instead.
    """
    start = head.lstrip()
    for mark, kind in _KINDS:
        if start.startswith(mark):
            raise _unreadable(f"The file is {kind}", part)
    if b"\0" in head and not head.startswith(GZIP):
        raise _unreadable("The file is not text", part)


def _unreadable(why: str, part: str) -> FileUnreadable:
    return FileUnreadable(why, [errors.Fault(f"/{part}", why)])


def _unpacked(content: bytes) -> bytes:
    if content.startswith(GZIP):
        try:
            with gzip.open(io.BytesIO(content)) as file:
                content = file.read(MOST_BYTES + 1)
        except (OSError, EOFError, zlib.error) as broken:
            raise FileUnreadable("The compressed file is damaged") from broken
        if len(content) > MOST_BYTES:
            raise errors.TooLarge("The file is too large when it is unpacked")
    if not content.strip():
        raise FileUnreadable("The file is empty")
    require_kind(content)
    return content


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # A byte that the alphabet has not becomes a mark, found where it stands.
        return content.decode("cp1252", "replace")
