"""`make pictures`: a reviewed few of the pictures that the browser tests took.

They take them where they are asked to: `JOINEDUP_PICTURES=1 make test T=tests/browser`.

They go to docs/pictures, cut to what a reader needs, in as few colours as a page has.
"""

import sys
from pathlib import Path

from PIL import Image

from tests.browser.pages import PICTURES

KEPT = Path(__file__).parents[2] / "docs" / "pictures"
CHOSEN = {
    "home-technician-1280": ("school-home", 900),
    "search-1280": ("search", 1060),
    "comparison-1280": ("comparison", 1240),
    "ticket-1280": ("ticket", 860),
    "register-preview-1280": ("register", 900),
}
"""From the name of a test's picture to ours, and the height that is kept of it."""
COLOURS = 128
LIMIT = 3_000_000


def main() -> int:
    missing = [name for name in CHOSEN if not (PICTURES / f"{name}.png").exists()]
    if missing:
        said = f"{PICTURES} has no {', '.join(missing)}"
        sys.stderr.write(
            f"{said}: run `JOINEDUP_PICTURES=1 make test T=tests/browser`.\n"
        )
        return 1
    for name, (ours, height) in CHOSEN.items():
        _keep(PICTURES / f"{name}.png", KEPT / f"{ours}.png", height)
    size = sum(file.stat().st_size for file in KEPT.glob("*.png"))
    sys.stdout.write(f"{len(CHOSEN)} pictures, {size / 1e6:.2f} MB in all\n")
    return 0 if size < LIMIT else 1


def _keep(found: Path, kept: Path, height: int) -> None:
    with Image.open(found) as picture:
        box = (0, 0, picture.width, min(height, picture.height))
        cut = picture.convert("RGB").crop(box)
    few = cut.quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(kept, optimize=True)


if __name__ == "__main__":
    sys.exit(main())
