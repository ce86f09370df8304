"""Tells what a file is by all of its bytes, and makes of it what may be kept."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import PurePath

from inventory.attachments.model.attachments import AttachmentUnsuitable, Content
from inventory.pictures import model as pictures

KINDS_TOLD = "a picture (PNG, JPEG or WebP), a PDF or a Word, Excel, PowerPoint or"
UNSUITABLE = f"The file must be {KINDS_TOLD} OpenDocument file"
_OPEN_XML = "application/vnd.openxmlformats-officedocument"
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument"
_OFFICE: Mapping[str, tuple[str, str]] = {
    "word/document.xml": (f"{_OPEN_XML}.wordprocessingml.document", ".docx"),
    "xl/workbook.xml": (f"{_OPEN_XML}.spreadsheetml.sheet", ".xlsx"),
    "ppt/presentation.xml": (f"{_OPEN_XML}.presentationml.presentation", ".pptx"),
}
_OPEN: Mapping[str, str] = {
    f"{_OPEN_DOCUMENT}.text": ".odt",
    f"{_OPEN_DOCUMENT}.spreadsheet": ".ods",
    f"{_OPEN_DOCUMENT}.presentation": ".odp",
}
MEDIA_TYPES = (
    *pictures.SUFFIXES,
    "application/pdf",
    *(media_type for media_type, _ in _OFFICE.values()),
    *_OPEN,
)
_MOST_DIRECTORY = 1 << 20
"""Bytes of a document's table of contents; one of an honest document has a few KiB."""
_DIRECTORY_END, _SIZE_AT, _SIZE_BYTES = b"PK\x05\x06", 12, 4
_LONGEST_TYPE = 100
_BROKEN = (zipfile.BadZipFile, ValueError, NotImplementedError, OSError)
"""What Python's reader raises over an archive whose parts do not fit together."""
_MACROS = "vbaproject.bin"


def prepared(content: bytes, name: str) -> Content:
    """Say what a file is; a picture is made anew, so that only its pixels are kept.

    Raises:
        AttachmentUnsuitable: it is none of the kinds that are kept, or it is damaged.
    """
    if (found := pictures.format_of(content)) is not None:
        remade, preview = _made_anew(content, found)
        media_type = pictures.MEDIA_TYPES[found]
        shown = _named(name, pictures.SUFFIXES[media_type])
        return Content(media_type, shown, remade, preview)
    if content.startswith(b"%PDF-"):
        return Content("application/pdf", _named(name, (".pdf",)))
    if content.startswith(b"PK\x03\x04"):
        media_type, suffix = _office(content)
        return Content(media_type, _named(name, (suffix,)))
    raise AttachmentUnsuitable(UNSUITABLE)


def _made_anew(content: bytes, found: pictures.Format) -> tuple[bytes, bytes]:
    try:
        return pictures.made_anew(content, found)
    except pictures.PictureUnsuitable as wrong:
        raise AttachmentUnsuitable(wrong.detail) from wrong


def _named(name: str, suffixes: tuple[str, ...]) -> str:
    """Let a name end as files of its kind do, whatever its sender called it."""
    if PurePath(name).suffix.lower() in suffixes:
        return name
    return f"{name}{suffixes[0]}"


def _office(content: bytes) -> tuple[str, str]:
    """Say which kind of office document an archive is; nothing is unpacked for it."""
    if _directory_size(content) > _MOST_DIRECTORY:
        raise AttachmentUnsuitable(UNSUITABLE)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = {each.filename: each for each in archive.infolist()}
            typed = names.get("mimetype")
            said = ""
            if typed is not None and typed.file_size <= _LONGEST_TYPE:
                said = archive.read(typed).decode("ascii", "replace").strip()
    except _BROKEN as broken:
        raise AttachmentUnsuitable("The document is damaged") from broken
    except (EOFError, RuntimeError) as broken:
        raise AttachmentUnsuitable("The document is damaged or locked") from broken
    if any(each.lower().rpartition("/")[2] == _MACROS for each in names):
        raise AttachmentUnsuitable("It holds macros: save it without them, or as PDF")
    if said in _OPEN:
        return said, _OPEN[said]
    if "[Content_Types].xml" in names:
        for part, kind in _OFFICE.items():
            if part in names:
                return kind
    raise AttachmentUnsuitable(UNSUITABLE)


def _directory_size(content: bytes) -> int:
    at = content.rfind(_DIRECTORY_END) + _SIZE_AT
    return int.from_bytes(content[at : at + _SIZE_BYTES], "little")
