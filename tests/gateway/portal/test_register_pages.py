"""The register's pages: a file is sent, looked at, applied, without any script."""

import asyncio
import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

import httpx
import pytest

from tests.gateway.conftest import Stand
from tests.gateway.register.files import row, text
from tests.gateway.world import Browser


@pytest.fixture
async def manager(stand: Stand, browser: Browser, no_imports: None) -> Browser:
    del no_imports
    stand.issuer.subject = "subject-manager"
    await browser.sign_in()
    return browser


async def page(browser: Browser, path: str) -> str:
    answer = await browser.get(path, {"accept": "text/html"})
    assert answer.status_code == 200, answer.text
    return answer.text


async def sent(
    stand: Stand,
    browser: Browser,
    token: str,
    path: str,
    *,
    data: Mapping[str, object] = MappingProxyType({}),
    files: Mapping[str, tuple[str, bytes]] | None = None,
) -> httpx.Response:
    headers = {"origin": stand.url, "accept": "text/html"}
    form = {"csrf_token": token, **data}
    return await browser.send("POST", path, headers, data=form, files=files)


async def begun(
    stand: Stand, browser: Browser, token: str, content: bytes, name: str = "a.csv"
) -> str:
    """Send a file by the form and return the path of its page."""
    files = {"file": (name, content), "links": ("", b"")}
    answer = await sent(stand, browser, token, "/register", files=files)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


async def until(browser: Browser, where: str, state: str) -> str:
    async with asyncio.timeout(60):
        while f"<title>{state}:" not in (shown := await page(browser, where)):  # noqa: ASYNC110 - a worker makes it so
            await asyncio.sleep(0.1)
    return shown


def version_of(shown: str) -> str:
    found = re.search(r'name="version" value="(\d+)"', shown)
    assert found is not None, shown
    return found[1]


async def test_a_file_goes_from_the_form_to_the_directory(
    stand: Stand,
    manager: Browser,
    at_work: None,
    csrf: Callable[[Browser], str],
) -> None:
    del at_work
    token = csrf(manager)
    rows = text(row(146001, la="940", name="Elm <b>School</b>"), row(12, la="940"))

    where = await begun(stand, manager, token, rows, "edubase20300101.csv")
    shown = await until(manager, where, "Ready to apply")
    assert "1 row cannot be read" in shown
    assert "New schools" in shown

    form = {"version": version_of(asked := await page(manager, f"{where}/apply"))}
    assert "Apply 1 change?" in asked
    stale = {"version": "1"}
    refused = await sent(stand, manager, token, f"{where}/apply", data=stale)
    assert refused.status_code == 412
    assert "Your step was not taken" in refused.text
    ticked = re.findall(r'name="overrides" type="checkbox" value="([a-z-]+)"', asked)
    form |= {"overrides": ticked}
    ordered = await sent(stand, manager, token, f"{where}/apply", data=form)
    assert ordered.status_code == 303, ordered.text

    assert "What it changed" in await until(manager, where, "Applied")
    assert "edubase20300101.csv" in await page(manager, "/register")
    about = await page(manager, "/schools/146001/about")
    assert "Elm &lt;b&gt;School&lt;/b&gt;" in about
    # What is done cannot be decided again: the page says how it stands.
    for step in ("apply", "cancel"):
        again = await manager.get(f"{where}/{step}", {"accept": "text/html"})
        assert (again.status_code, again.headers["location"]) == (303, where)


async def test_changes_are_read_a_page_at_a_time_and_by_kind(
    stand: Stand,
    manager: Browser,
    at_work: None,
    csrf: Callable[[Browser], str],
) -> None:
    del at_work
    rows = text(*(row(146100 + n, la="940", name=f"New {n}") for n in range(51)))
    where = await begun(stand, manager, csrf(manager), rows)
    await until(manager, where, "Ready to apply")

    first = await page(manager, f"{where}/changes?kind=new")
    assert first.count('scope="row"') == 50
    onward = re.search(r'rel="next" href="([^"]+)"', first)
    assert onward is not None
    second = await page(manager, onward[1].replace("&amp;", "&"))

    assert "New 50" in second
    assert "New 50" not in first
    assert "First page" in second
    assert "No such changes" in await page(manager, f"{where}/changes?kind=closed")


async def test_a_broken_row_is_shown_by_line_and_column(
    stand: Stand,
    manager: Browser,
    at_work: None,
    csrf: Callable[[Browser], str],
) -> None:
    del at_work
    rows = text(row(146201, la="940"), row(146202, la="940", pupils="many"))
    where = await begun(stand, manager, csrf(manager), rows)
    shown = await until(manager, where, "Ready to apply")

    faults = await page(manager, f"{where}/faults")
    assert "Line 3" in faults
    assert "NumberOfPupils" in faults
    saved = re.search(r'href="([^"]+faults\.csv)"', shown)
    assert saved is not None
    assert (await manager.get(saved[1])).headers["content-type"].startswith("text/csv")


async def test_an_unlikely_file_is_applied_only_by_who_says_so(
    stand: Stand,
    manager: Browser,
    at_work: None,
    csrf: Callable[[Browser], str],
) -> None:
    del at_work
    token = csrf(manager)
    newer = text(row(146301, la="940"))
    where = await begun(stand, manager, token, newer, "edubase20310101.csv")
    await until(manager, where, "Ready to apply")
    asked = await page(manager, f"{where}/apply")
    ticked = re.findall(r'name="overrides" type="checkbox" value="([a-z-]+)"', asked)
    form = {"version": version_of(asked), "overrides": ticked}
    await sent(stand, manager, token, f"{where}/apply", data=form)
    await until(manager, where, "Applied")

    yesterdays = text(row(146302, la="940"))
    where = await begun(stand, manager, token, yesterdays, "edubase20301231.csv")
    shown = await until(manager, where, "Ready to apply")
    assert "the file is of 31 December 2030" in shown
    form = {"version": version_of(await page(manager, f"{where}/apply"))}
    refused = await sent(stand, manager, token, f"{where}/apply", data=form)
    assert refused.status_code == 422
    assert "Tick each of these that you know and mean" in refused.text

    form |= {"overrides": "older-file"}
    ordered = await sent(stand, manager, token, f"{where}/apply", data=form)
    assert ordered.status_code == 303
    await until(manager, where, "Applied")


async def test_the_very_same_file_is_read_again_only_where_that_is_meant(
    stand: Stand, manager: Browser, csrf: Callable[[Browser], str]
) -> None:
    token, rows = csrf(manager), text(row(146401, la="940"))
    await begun(stand, manager, token, rows)
    files = {"file": ("other-name.csv", rows)}

    refused = await sent(stand, manager, token, "/register", files=files)
    meant = await sent(
        stand, manager, token, "/register", files=files, data={"again": "1"}
    )

    assert refused.status_code == 422
    assert "This very file is being read already" in refused.text
    assert "Read it again" in refused.text
    assert meant.status_code == 303


@pytest.mark.parametrize(
    ("part", "name", "content", "said"),
    [
        ("file", "", b"", "Choose a file of the register"),
        ("file", "a.csv", b"", "The file is empty. Download it again"),
        ("file", "a.csv", b"%PDF-1.7", "The file is a PDF document. Choose the CSV"),
        ("links", "b.csv", b"PK\x03\x04", "ZIP archive or a spreadsheet"),
        ("links", "b.csv", b"", "The file is empty"),
    ],
)
async def test_what_is_wrong_with_a_file_is_said_at_its_field(
    stand: Stand,
    manager: Browser,
    csrf: Callable[[Browser], str],
    part: str,
    name: str,
    content: bytes,
    said: str,
) -> None:
    files = {"file": ("a.csv", text(row(la="940"))), part: (name, content)}

    answer = await sent(stand, manager, csrf(manager), "/register", files=files)

    assert answer.status_code == 422
    assert "There is a problem" in answer.text
    assert re.search(rf'<a href="#{part}">[^<]*{said}', answer.text)


async def test_a_file_that_is_too_large_is_refused_at_its_field(
    stand: Stand,
    manager: Browser,
    csrf: Callable[[Browser], str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # The gateway runs in this process, and nobody sends 100 MiB to see it refused.
    monkeypatch.setitem(vars(stand.settings), "upload_limit", 1 << 20)
    files = {"file": ("a.csv", b"URN," * (1 << 18) + b"x")}

    answer = await sent(stand, manager, csrf(manager), "/register", files=files)

    assert answer.status_code == 422
    assert 'href="#file">The file is larger than 1 MiB. Pack it with gzip' in (
        answer.text
    )


async def test_a_file_of_another_kind_fails_and_says_why(
    stand: Stand,
    manager: Browser,
    at_work: None,
    csrf: Callable[[Browser], str],
) -> None:
    del at_work
    where = await begun(stand, manager, csrf(manager), b"Name,Town\r\nElm,Corby\r\n")

    shown = await until(manager, where, "Failed")

    assert "Why it failed" in shown
    assert "URN" in shown


async def test_an_import_is_given_up_by_its_form(
    stand: Stand, manager: Browser, csrf: Callable[[Browser], str]
) -> None:
    token = csrf(manager)
    where = await begun(stand, manager, token, text(row(146011, la="940")))
    form = {"version": version_of(await page(manager, f"{where}/cancel"))}

    gone = await sent(stand, manager, token, f"{where}/cancel", data=form)

    assert gone.status_code == 303
    assert "Given up" in await page(manager, where)


async def test_work_is_followed_and_the_page_is_drawn_anew_at_its_end(
    stand: Stand, manager: Browser, csrf: Callable[[Browser], str]
) -> None:
    token = csrf(manager)
    where = await begun(stand, manager, token, text(row(146021, la="940")))
    polled = {"accept": "text/html", "hx-request": "true"}
    waiting = await manager.get(where, polled)
    assert "<progress" in waiting.text
    assert "hx-refresh" not in waiting.headers

    form = {"version": version_of(await page(manager, f"{where}/cancel"))}
    await sent(stand, manager, token, f"{where}/cancel", data=form)

    assert (await manager.get(where, polled)).headers["hx-refresh"] == "true"


async def test_an_auditor_reads_and_decides_nothing(
    stand: Stand,
    manager: Browser,
    http: httpx.AsyncClient,
    csrf: Callable[[Browser], str],
) -> None:
    where = await begun(stand, manager, csrf(manager), text(row(146031, la="940")))
    auditor = Browser(stand.url, http)
    stand.issuer.subject = "subject-auditor"
    await auditor.sign_in()

    assert "Read the file" not in await page(auditor, "/register")
    assert "Give this import up" not in await page(auditor, where)
    for step in ("apply", "cancel"):
        shown = await auditor.get(f"{where}/{step}", {"accept": "text/html"})
        assert shown.status_code == 403
        form = {"version": "2"}
        done = await sent(stand, auditor, csrf(auditor), f"{where}/{step}", data=form)
        assert done.status_code == 403


@pytest.mark.parametrize("name", ["technician", "teacher"])
async def test_the_register_is_not_for_others(
    stand: Stand, browser: Browser, name: str
) -> None:
    stand.issuer.subject = f"subject-{name}"
    await browser.sign_in()

    answer = await browser.get("/register", {"accept": "text/html"})

    assert answer.status_code == 403
    assert 'href="/register"' not in (await page(browser, "/"))


async def test_another_authoritys_import_is_not_there(
    stand: Stand,
    manager: Browser,
    http: httpx.AsyncClient,
    csrf: Callable[[Browser], str],
) -> None:
    where = await begun(stand, manager, csrf(manager), text(row(146041, la="940")))
    other = Browser(stand.url, http)
    stand.issuer.subject = "subject-neighbour"
    await other.sign_in()

    for tail in ("", "/changes", "/faults", "/apply", "/cancel"):
        answer = await other.get(f"{where}{tail}", {"accept": "text/html"})
        assert answer.status_code == 404
