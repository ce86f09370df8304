"""What a file is by its bytes, and what of a picture is kept."""

import io
import struct
import zipfile
import zlib

import pytest
from PIL import Image

from inventory.attachments.model import contents
from inventory.attachments.model.attachments import AttachmentUnsuitable
from inventory.pictures import model as pictures
from tests.inventory.attachments.samples import PDF, archive, picture, with_place

HOSTILE = {
    "nothing known": b"\x00\x01\x02\x03",
    "text": b"Invoice 12\n",
    "HTML": b"<!doctype html><script>alert(1)</script>",
    "SVG with a script": b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>',
    "a page that says it is a picture": b"GIF89a<script>alert(1)</script>",
    "a picture's first bytes and a page": b"\xff\xd8\xff<script>alert(1)</script>",
    "a truncated picture": picture("PNG")[:-40],
    "a truncated photograph": picture("JPEG")[:200],
    "a program": b"MZ" + bytes(200),
    "an archive": archive({"a.txt": b"x"}),
    "a broken archive": b"PK\x03\x04" + bytes(100),
    "a document with macros": archive(
        {
            "[Content_Types].xml": b"",
            "word/document.xml": b"",
            "word/vbaProject.bin": b"",
        }
    ),
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_what_is_no_picture_or_document_is_refused(content: bytes) -> None:
    with pytest.raises(AttachmentUnsuitable):
        contents.prepared(content, "photo.png")


def test_a_picture_of_too_many_pixels_is_refused_unread() -> None:
    """The head says 30,000 by 30,000; behind it a few bytes would unpack to that."""
    for side in (7_000, 12_000, 30_000, 65_000):
        header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
        rows = zlib.compress(bytes(1_000_000))
        bomb = b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", rows)

        with pytest.raises(AttachmentUnsuitable):
            contents.prepared(bomb + _chunk(b"IEND", b""), "bomb.png")


def test_a_text_that_unpacks_to_much_beside_a_picture_is_refused_or_dropped() -> None:
    whole = picture("PNG")
    text = _chunk(b"zTXt", b"Comment\x00\x00" + zlib.compress(bytes(100_000_000)))
    at = whole.index(b"IDAT") - 4

    with pytest.raises(AttachmentUnsuitable):
        contents.prepared(whole[:at] + text + whole[at:], "talks.png")


def _chunk(name: bytes, body: bytes) -> bytes:
    told = struct.pack(">I", len(body)) + name + body
    return told + struct.pack(">I", zlib.crc32(name + body))


def test_a_photograph_loses_its_place_and_stands_upright() -> None:
    sent = with_place(width=400, height=100, orientation=6)
    assert b"Exif" in sent
    with Image.open(io.BytesIO(sent)) as before:
        assert before.getexif().get_ifd(0x8825)

    found = contents.prepared(sent, "IMG_1.jpeg")

    assert (found.media_type, found.name) == ("image/jpeg", "IMG_1.jpeg")
    assert found.remade is not None
    assert b"Exif" not in found.remade
    with Image.open(io.BytesIO(found.remade)) as kept:
        assert kept.size == (100, 400)
        assert not kept.getexif()


def test_what_hangs_behind_or_between_the_pixels_is_not_kept() -> None:
    page = b"<script>alert(1)</script>"
    for kind, media_type in pictures.MEDIA_TYPES.items():
        sent = picture(kind) + page + archive({"x.html": page})

        found = contents.prepared(sent, "photo.html")

        assert found.media_type == media_type
        assert found.remade is not None
        assert found.preview is not None
        assert b"script" not in found.remade + found.preview
        assert not found.name.endswith(".html")


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_mode_of_a_picture_is_taken(mode: str) -> None:
    target = io.BytesIO()
    Image.new(mode, (20, 10)).save(target, "PNG")

    found = contents.prepared(target.getvalue(), "x.png")

    assert found.preview is not None
    with Image.open(io.BytesIO(found.preview)) as shown:
        assert (shown.format, shown.size) == ("WEBP", (20, 10))


def test_a_photograph_for_print_is_taken() -> None:
    target = io.BytesIO()
    Image.new("CMYK", (20, 10)).save(target, "JPEG")

    assert contents.prepared(target.getvalue(), "x").media_type == "image/jpeg"


def test_a_large_picture_is_brought_down() -> None:
    found = contents.prepared(picture("JPEG", (5_000, 2_500)), "x.jpg")

    assert found.remade is not None
    with Image.open(io.BytesIO(found.remade)) as kept:
        assert max(kept.size) == pictures.LONGEST_SIDE


@pytest.mark.parametrize(
    ("parts", "suffix"),
    [
        ({"[Content_Types].xml": b"", "word/document.xml": b""}, ".docx"),
        ({"[Content_Types].xml": b"", "xl/workbook.xml": b""}, ".xlsx"),
        ({"[Content_Types].xml": b"", "ppt/presentation.xml": b""}, ".pptx"),
        ({"mimetype": b"application/vnd.oasis.opendocument.text"}, ".odt"),
    ],
)
def test_an_office_document_is_told_by_its_parts(
    parts: dict[str, bytes], suffix: str
) -> None:
    found = contents.prepared(archive(parts), "invoice.exe")

    assert found.name == f"invoice.exe{suffix}"
    assert found.media_type in contents.MEDIA_TYPES
    assert found.remade is None


def test_a_document_whose_directory_is_a_bomb_is_refused_unread() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as many:
        for number in range(15_000):
            many.writestr(f"{number:060}", b"")

    with pytest.raises(AttachmentUnsuitable):
        contents.prepared(target.getvalue(), "x.docx")


def test_a_pdf_is_called_one() -> None:
    found = contents.prepared(PDF, "invoice.html")

    assert (found.media_type, found.name) == ("application/pdf", "invoice.html.pdf")
    assert contents.prepared(PDF, "Invoice.PDF").name == "Invoice.PDF"
