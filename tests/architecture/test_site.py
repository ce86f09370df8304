"""The site of the documents: whole, and with nothing fetched from elsewhere."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture import features

BUILD = (sys.executable, "-m", "sphinx", "-b", "html", "-q", "-n", "-W", "--keep-going")
FETCHED = re.compile(
    r"""<(?:script|img|iframe|source)\b[^>]*\bsrc=["'](?:https?:)?//"""
    r"""|<link\b[^>]*\brel=["'](?:stylesheet|preload)["'][^>]*href=["'](?:https?:)?//"""
    r"""|url\(["']?(?:https?:)?//|@import"""
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("site")
    made = subprocess.run(
        [*BUILD, "-c", "docs/site", "-d", out / "doctrees", ".", out / "html"],
        cwd=features.ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    assert made.returncode == 0, made.stderr
    return out / "html"


def test_every_operation_of_the_api_is_a_heading(site: Path) -> None:
    page = (site / "docs/api/inventory.html").read_text("utf-8")

    assert "PATCH /api/inventory/v1/assets/{asset_id}" in page
    assert 'href="#registerasset"' in page


def test_a_diagram_is_a_picture_with_its_text(site: Path) -> None:
    page = (site / "docs/architecture.html").read_text("utf-8")
    drawn = re.findall(r'<img class="diagram" src="\.\./(_images/\w+\.svg)"', page)

    assert drawn
    for name in drawn:
        assert "<svg" in (site / name).read_text("utf-8")
    assert "language-mermaid" not in page


def test_nothing_is_fetched_from_elsewhere(site: Path) -> None:
    fetching = {
        f"{file.relative_to(site)}: {found[0]}"
        for pattern in ("**/*.html", "**/*.css", "**/*.svg")
        for file in site.glob(pattern)
        if (found := FETCHED.search(file.read_text("utf-8")))
    }

    assert fetching == set()
