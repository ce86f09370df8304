"""Makes pictures anew: their pixels are kept, and nothing that was written beside them.

A photograph says where and when it was taken (EXIF), and may hold anything else behind
its pixels. What is decoded and written again holds neither, and is a picture for
certain.
"""

import io
import struct
import zlib
from collections.abc import Mapping
from typing import Literal

from PIL import Image, ImageOps

from chassis import errors

Format = Literal["JPEG", "PNG", "WEBP"]
MEDIA_TYPES: Mapping[Format, str] = {
    "JPEG": "image/jpeg",
    "PNG": "image/png",
    "WEBP": "image/webp",
}
SUFFIXES: Mapping[str, tuple[str, ...]] = {
    "image/jpeg": (".jpg", ".jpeg"),
    "image/png": (".png",),
    "image/webp": (".webp",),
}
PREVIEW = "image/webp"
MOST_PIXELS = 40_000_000
"""A picture of more is refused before a pixel is read: it takes 4 bytes for each."""
LONGEST_SIDE, PREVIEW_SIDE = 2_400, 480
_QUALITY, _PREVIEW_QUALITY = 88, 78
_BROKEN = (
    *(OSError, SyntaxError, ValueError, EOFError, TypeError, IndexError, KeyError),
    *(OverflowError, MemoryError, struct.error, zlib.error),
    *(Image.DecompressionBombError, Image.DecompressionBombWarning),
)
"""What the decoder raises over bytes that are no whole picture."""


class PictureUnsuitable(errors.Invalid):
    """The file is no picture of the kinds that are kept, or a damaged one."""

    slug = "picture-unsuitable"
    title = "This file is no picture that is kept here"


def format_of(content: bytes) -> Format | None:
    """Say which kind of picture begins like this, if one does."""
    if content.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "WEBP"
    return None


def made_anew(content: bytes, kind: Format) -> tuple[bytes, bytes]:
    """Write a picture's pixels again, upright and no larger than a page needs.

    Returns the picture in its own format, and a small one as WebP. Of what moves, the
    first frame is kept.

    Raises:
        PictureUnsuitable: it is damaged, or has too many pixels.
    """
    try:
        with Image.open(io.BytesIO(content), formats=(kind,)) as found:
            width, height = found.size
            if width * height > MOST_PIXELS:
                most = MOST_PIXELS // 1_000_000
                said = f"The picture has more than {most} million pixels"
                raise PictureUnsuitable(said)
            whole = _upright(found, kind)
        small = whole.copy()
        small.thumbnail((PREVIEW_SIDE, PREVIEW_SIDE))
        return _written(whole, kind, _QUALITY), _written(
            small, "WEBP", _PREVIEW_QUALITY
        )
    except _BROKEN as broken:
        raise PictureUnsuitable("The picture is damaged") from broken


def small_of(content: bytes) -> bytes:
    """Make of a picture a small one as WebP, which is all that is kept of it.

    Raises:
        PictureUnsuitable: it is no picture, damaged, or has too many pixels.
    """
    kind = format_of(content)
    if kind is None:
        raise PictureUnsuitable("The file must be a picture (PNG, JPEG or WebP)")
    return made_anew(content, kind)[1]


def _upright(found: Image.Image, kind: Format) -> Image.Image:
    """Decode, turn as the camera was held, and bring down to size."""
    if kind == "JPEG":
        # Reads a large one at half or a quarter of its size already.
        found.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    upright = ImageOps.exif_transpose(found)
    mode = "RGBA" if kind != "JPEG" and upright.has_transparency_data else "RGB"
    plain = upright.convert(mode)
    plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    # A new picture: what stood beside the pixels of the old one is not copied.
    bare = Image.new(mode, plain.size)
    bare.paste(plain)
    return bare


def _written(picture: Image.Image, kind: Format, quality: int) -> bytes:
    target = io.BytesIO()
    picture.save(target, kind, quality=quality)
    return target.getvalue()
