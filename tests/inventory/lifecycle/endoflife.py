"""endoflife.date's own data, and what follows from it by an arithmetic of its own."""

import gzip
import json
from datetime import date
from pathlib import Path
from typing import Any

FILE = Path("lifecycle/endoflife_products.json.gz")


def document(real_data: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(gzip.decompress((real_data / FILE).read_bytes()))
    return found


def state(product: str, row: dict[str, Any], day: date) -> str:
    """Judge a row as it is written there: days compare as text."""
    on = day.isoformat()
    active, ends, more = row.get("eoas"), row["eol"], row.get("eoes")
    if product == "debian" and isinstance(more, str):
        active, ends = ends, more
    is_over = ends is True or (isinstance(ends, str) and ends < on)
    is_half = active is True or (isinstance(active, str) and active < on)
    if is_over:
        return "ended"
    if is_half:
        return "security-only"
    return "no-end-announced" if ends is False else "supported"
