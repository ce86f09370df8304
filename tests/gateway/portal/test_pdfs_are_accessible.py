"""What is drawn for people to read is PDF/UA-1, as veraPDF judges it."""

import os
import shutil
import subprocess
from datetime import date
from pathlib import Path

import typst

from gateway.portal.disposals import model as disposals
from gateway.portal.disposals import service as disposal_pdfs
from gateway.portal.disposals.model import Which
from gateway.portal.service_reports import model as reports
from gateway.portal.service_reports import service as report_pdfs
from tests.gateway.portal.service_reports.test_report_words import TODAY, report

ROOT = Path(__file__).parents[3]
CACHE = Path(os.environ.get("JOINEDUP_CACHE_DIR", ROOT / ".cache"))
CHECKER = "org.verapdf.apps.GreenfieldCliWrapper"


def drawn() -> dict[str, bytes]:
    """Every PDF for people: with much in it, and with nothing."""
    nothing = {"tickets": [], "promises": [], "time": [], "obstacles": []}
    empty = report(**nothing, schools=[])
    names = {140001: "St Mary\u2019s", 140002: "Ysgol Abbey"}
    many = [{**dict(report().schools[0]), "school_urn": 140000 + n} for n in range(200)]
    gone = disposals.told(
        "Abbey", 140001, "Ambridge", Which(date(2026, 9, 8), "recycled", ""), [], TODAY
    )
    said = {
        "report": (report(schools=many), False),
        "report of nothing": (empty, True),
    }
    return {"disposal": disposal_pdfs.draw(gone)} | {
        name: report_pdfs.draw(
            reports.document("Ambridge", told, names, TODAY, at_school=at_school)
        )
        for name, (told, at_school) in said.items()
    }


def judged(folder: Path, *files: Path) -> dict[str, str]:
    """Say of each file how it was judged: PASS or FAIL."""
    java = shutil.which("java", path=_path())
    assert java, "Java is missing: make setup installs it"
    words = [java, "-cp", f"{CACHE / 'verapdf'}/*", CHECKER, "--flavour", "ua1"]
    ran = subprocess.run(
        [*words, "--format", "text", *map(str, files)],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    lines = (line.split(maxsplit=1) for line in ran.stdout.splitlines())
    found = {
        Path(rest.rpartition(" ")[0]).stem: verdict
        for verdict, rest in lines
        if verdict in {"PASS", "FAIL"}
    }
    assert found.keys() == {each.stem for each in files}, ran.stdout + ran.stderr
    return found


def _path() -> str | None:
    home = os.environ.get("JAVA_HOME")
    return f"{home}/bin" if home else None


def test_every_pdf_for_people_is_accessible(tmp_path: Path) -> None:
    # One that says neither its title nor its language shows that the judge judges.
    careless = {"careless": typst.compile(b"= Heading", format="pdf")}
    files: list[Path] = []
    for name, content in (drawn() | careless).items():
        files.append(tmp_path / f"{name}.pdf")
        files[-1].write_bytes(content)

    assert judged(tmp_path, *files) == dict.fromkeys(drawn(), "PASS") | {
        "careless": "FAIL"
    }
