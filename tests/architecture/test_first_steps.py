"""What the first steps call a button or a heading is what the pages call it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture import features

FOLDER = features.ROOT / "docs" / "first-steps"
PORTAL = features.ROOT / "services/gateway/src/gateway/portal"
WORDS = "\n".join(
    file.read_text("utf-8")
    for pattern in ("**/*.html", "**/*.py")
    for file in sorted(PORTAL.glob(pattern))
)
# A numbered step begins with its own title.
TITLE = re.compile(r"^\d+\. \*\*.+?\*\*", re.MULTILINE)
STEP = re.compile(r"^(?:\d+\. \*\*|### \d+\. )", re.MULTILINE)


def named(page: Path) -> Iterator[str]:
    text = TITLE.sub("", page.read_text("utf-8"))
    return (found.rstrip(".,:") for found in re.findall(r"\*\*(.+?)\*\*", text))


NAMED = [
    (page.stem, words) for page in sorted(FOLDER.glob("*.md")) for words in named(page)
]


@pytest.mark.parametrize(("page", "words"), NAMED)
def test_the_pages_say_it_so(page: str, words: str) -> None:
    assert words in WORDS, f"docs/first-steps/{page}.md speaks of {words}"


def test_every_page_has_five_steps() -> None:
    pages = [page for page in FOLDER.glob("*.md") if page.stem != "README"]

    steps = {page.stem: len(STEP.findall(page.read_text("utf-8"))) for page in pages}

    assert {page: count for page, count in steps.items() if count != 5} == {}
