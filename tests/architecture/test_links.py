"""Every link of the documents leads somewhere, and so does every place they name."""

from pathlib import Path

import pytest

from tests.architecture import features, links

TREE = {
    "README.md": "# Top\n[one](docs/one.md#two-things) [same](#top) ![p](docs/p.png)\n",
    "docs/one.md": (
        "# One\n## Two things\n## Two things\n[up](../README.md) [2](#two-things-1)\n"
        "| a |\n|---|\n| [elsewhere](https://example.org/nowhere) `tests/there` |\n"
    ),
    "docs/p.png": "",
    "tests/there": "",
}
BREAKS = {
    "a file that is gone": ("docs/one.md", "../README.md", "../READ.md"),
    "a heading that was reworded": ("README.md", "#two-things", "#three-things"),
    "a heading of the same page": ("README.md", "#top", "#bottom"),
    "a repeated heading": ("docs/one.md", "#two-things-1", "#two-things-2"),
    "a picture": ("README.md", "p.png", "q.png"),
    "a place outside the tree": ("docs/one.md", "../README.md", "../../README.md"),
    "a place named in code marks": ("docs/one.md", "`tests/there`", "`tests/gone`"),
}


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    root = tmp_path / "tree"
    for name, text in TREE.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    (tmp_path / "README.md").touch()
    return root


def test_every_link_of_the_documents_leads_somewhere() -> None:
    assert links.broken(features.ROOT) == []


def test_a_whole_tree_has_no_broken_link(tree: Path) -> None:
    assert links.broken(tree) == []


@pytest.mark.parametrize("what", BREAKS)
def test_a_broken_link_is_told_with_its_line(tree: Path, what: str) -> None:
    name, old, new = BREAKS[what]
    page = tree / name
    page.write_text(page.read_text("utf-8").replace(old, new), "utf-8")

    [told] = links.broken(tree)
    assert told.startswith(f"{name}:")
    assert new.strip("`") in told
