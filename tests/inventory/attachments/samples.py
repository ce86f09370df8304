"""Small files of every kind that is kept."""

import io
import zipfile
from collections.abc import Mapping

from PIL import Image

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
_ORIENTATION, _GPS = 0x0112, 0x8825


def picture(kind: str = "PNG", size: tuple[int, int] = (64, 48)) -> bytes:
    target = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(target, kind)
    return target.getvalue()


def with_place(width: int, height: int, orientation: int) -> bytes:
    """Make a photograph that tells where it was taken, and how the camera was held."""
    made = Image.new("RGB", (width, height), "teal")
    exif = Image.Exif()
    exif[_ORIENTATION] = orientation
    exif.get_ifd(_GPS).update({1: "N", 2: (52.0, 57.0, 30.0)})
    target = io.BytesIO()
    made.save(target, "JPEG", exif=exif)
    return target.getvalue()


def archive(parts: Mapping[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return target.getvalue()
