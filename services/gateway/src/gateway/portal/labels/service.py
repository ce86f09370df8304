"""Draws sheets of labels as a PDF; what is drawn belongs to no request."""

import io
import json
from collections.abc import Sequence
from importlib import resources
from typing import Any

import barcode
import segno
import typst
from barcode.writer import SVGWriter

from gateway.portal.labels import model
from gateway.portal.labels.model import Label, Wish

_SOURCE = (resources.files("gateway.portal.labels") / "labels.typ").read_bytes()
# A bar code of ASCII alone: what else a tag holds stands in words below it.
_BARS = {"write_text": False, "quiet_zone": 0, "module_height": 10}


def draw(labels: Sequence[Label], wish: Wish, owner: str) -> bytes:
    """Draw labels, each with its codes, its tag and whose it is.

    It takes some milliseconds a label: not for the loop of events.
    """
    sheet = model.SHEETS[wish.sheet]
    told = {
        "owner": owner,
        "width": sheet.width,
        "height": sheet.height,
        "labels": [
            {
                "page": place.page,
                "x": place.x,
                "y": place.y,
                "tag": place.label.tag,
                "qr": _qr(place.label.url) if wish.symbols != "code128" else None,
                "bars": _bars(place.label.tag) if wish.symbols != "qr" else None,
            }
            for place in model.placed(sheet, wish.first, labels)
        ],
    }
    return typst.compile(_SOURCE, format="pdf", sys_inputs={"told": json.dumps(told)})


def _qr(url: str) -> str:
    """Write an address as a QR code (ISO/IEC 18004) that bears some dirt."""
    kept = io.BytesIO()
    segno.make(url, error="m", micro=False).save(
        kept, kind="svg", border=0, xmldecl=False
    )
    return kept.getvalue().decode()


def _bars(tag: str) -> str | None:
    """Write a tag in Code 128 (ISO/IEC 15417); None where it is not ASCII."""
    if not tag.isascii():
        return None
    kept = io.BytesIO()
    made: Any = barcode.Code128(tag, writer=SVGWriter())
    made.write(kept, options=_BARS)
    return kept.getvalue().decode()
