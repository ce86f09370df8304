"""People from a file: what a dry run says is what happens; each bad row is named."""

import re
from datetime import date, timedelta
from typing import Any

import httpx
import pytest

from tests.gateway.people.conftest import (
    BASE,
    Ask,
    Asked,
    Joined,
    at,
    invited,
    person_of,
    slug,
    standing,
)

HEAD = "Name,E-mail,Role,URN,LA code,From,To"
LATER = date.today() + timedelta(days=20)  # noqa: DTZ011 - far from midnight
COUNTS = "SELECT (SELECT count(*) FROM person), (SELECT count(*) FROM assignment)"


def table(*rows: str, head: str = HEAD) -> bytes:
    return "\r\n".join((head, *rows)).encode()


async def sent(ask: Ask, content: bytes, *, dry_run: bool = False) -> httpx.Response:
    path = f"{BASE}/imports?dry_run={str(dry_run).lower()}"
    return await ask("POST", path, content=content)


async def brought(ask: Ask, content: bytes, **more: Any) -> dict[str, Any]:
    answer = await sent(ask, content, **more)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_a_dry_run_says_what_happens_then_and_does_nothing(
    manager: Ask, asked: Asked
) -> None:
    await invited(manager, "olu", at(140001, "staff"))
    content = table(
        f"Nora Ng,nora@example.org,Staff,140001,,01/09/2026,{LATER:%d/%m/%Y}",
        "Nora Ng,NORA@example.org,school-technician,140002,940,,",
        "Olu,olu@example.org,Staff,140001,,,",
        "Olu,olu@example.org,Auditor,,940,,",
        "Pia,pia@example.org,Staff,150001,,,",
    )
    before = asked(COUNTS)

    tried = await brought(manager, content, dry_run=True)
    after = asked(COUNTS)
    done = await brought(manager, content)

    assert after == before
    assert tried == done | {"dry_run": True}
    assert [done[n] for n in ("rows", "invited", "roles_given", "unchanged")] == [
        *(5, 1, 3, 1)
    ]
    assert [(each["line"], each["outcome"]) for each in done["taken"]] == [
        (2, "invited"),
        (3, "invited"),
        (4, "unchanged"),
        (5, "role-given"),
    ]
    assert done["faults"] == [
        {"line": 6, "column": "URN", "detail": "is none within your scope"}
    ]
    nora, olu = await person_of(manager, "nora"), await person_of(manager, "olu")
    assert standing(nora) == {("staff", 140001), ("school-technician", 140002)}
    assert standing(olu) == {("staff", 140001), ("auditor", "940")}
    assert (nora["state"], nora["home_la_code"], nora["home_school_urn"]) == (
        *("invited", "940", None),
    )
    [held] = [a for a in nora["assignments"] if a["role"] == "staff"]
    assert (held["from_on"], held["to_on"]) == ("2026-09-01", str(LATER))


async def test_the_same_file_again_changes_nothing(manager: Ask, asked: Asked) -> None:
    content = table("Nora,nora@example.org,Staff,140001,,01/09/2026,")
    await brought(manager, content)
    before = asked(COUNTS)

    again = await brought(manager, content)

    assert (again["unchanged"], again["invited"], again["faults"]) == (1, 0, [])
    assert asked(COUNTS) == before


@pytest.mark.parametrize(
    ("row", "column", "said"),
    [
        (",nora@example.org,Staff,140001,,,", "Name", "is no name"),
        ("Nora,nobody,Staff,140001,,,", "E-mail", "is no e-mail address"),
        ("Nora,nora@example.org,King,140001,,,", "Role", "is no role"),
        ("Nora,nora@example.org,Regional analyst,,,,", "Role", "is no role"),
        ("Nora,nora@example.org,Staff,,,,", "URN", "is no URN"),
        ("Nora,nora@example.org,Staff,12,,,", "URN", "is no URN"),
        ("Nora,nora@example.org,Staff,999999,,,", "URN", "is none within your scope"),
        ("Nora,nora@example.org,Auditor,140001,940,,", "URN", "must be empty"),
        ("Nora,nora@example.org,Auditor,,94,,", "LA code", "is no LA code"),
        ("Nora,nora@example.org,Auditor,,941,,", "LA code", "is none within"),
        ("Nora,nora@example.org,Staff,140001,,soon,", "From", "is no date"),
        ("Nora,nora@example.org,Staff,140001,,31/02/2026,", "From", "is no day"),
        ("Nora,nora@example.org,Staff,140001,,,01/02/2020", "To", "is over"),
        ("Nora,other@example.org,Staff,140001,,,", "E-mail", "ask your local"),
        (
            "T,technician@example.org,School technician,140001,,,01/01/2999",
            "Role",
            "on other days",
        ),
        ("Nora,nora@example.org", "", "has not the 7 fields"),
        ('Nora,"nora@example.org,Staff,140001,,,', "", "quotation mark"),
    ],
    ids=str,
)
async def test_a_bad_row_is_named_and_the_good_ones_go_in(
    manager: Ask, row: str, column: str, said: str
) -> None:
    good = "Good,good@example.org,Staff,140001,,,"

    done = await brought(manager, table(good, row))

    assert (done["invited"], [fault["line"] for fault in done["faults"]]) == (1, [3])
    assert done["faults"][0]["column"] == column
    assert said in done["faults"][0]["detail"]
    assert (await person_of(manager, "good"))["state"] == "invited"


async def test_a_row_that_repeats_or_gainsays_an_earlier_one_is_bad(
    manager: Ask,
) -> None:
    done = await brought(
        manager,
        table(
            "Nora,nora@example.org,Staff,140001,,,",
            "Nora,NORA@example.org,staff,140001,,,",
            "Norah,nora@example.org,Staff,140002,,,",
        ),
    )

    assert done["invited"] == 1
    assert done["faults"] == [
        {"line": 3, "column": "Role", "detail": "is on line 2 already"},
        {
            "line": 4,
            "column": "Name",
            "detail": "is another name than that of this address on line 2",
        },
    ]


async def test_a_file_as_spreadsheets_write_it_is_read(manager: Ask) -> None:
    """Windows-1252, a mark at the beginning, cells marked as text, other headings."""
    head = "E-MAIL ADDRESS,Display name,First day,Role,School URN,Last day"
    row = "o'neil@example.org,'=Zoë O\u2019Neil,,School leader,140001,"
    utf8 = f"\ufeff{head}\n{row}"

    first = await brought(manager, f"{head}\n{row}".encode("cp1252"), dry_run=True)
    second = await brought(manager, utf8.encode())

    assert first["taken"] == second["taken"]
    assert second["taken"][0]["display_name"] == "=Zoë O\u2019Neil"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"PK\x03\x04...", "spreadsheet"),
        (b"Name,Role\nNora,Staff\n", "no column E-mail"),
        (HEAD.encode(), "a header and no rows"),
        (table("Nora,n@example.org,Staff", head="Name,Email,Role"), "no column URN"),
        (table(*["x,x@example.org,Staff,140001,,,"] * 5001), "5,001 rows"),
    ],
    ids=range(6),
)
async def test_what_is_no_file_of_people_is_refused_whole(
    manager: Ask, content: bytes, said: str
) -> None:
    answer = await sent(manager, content)

    assert answer.status_code == 422, answer.text
    assert slug(answer) in {"people-file-unreadable", "people-file-too-long"}
    assert said in answer.json()["detail"]


@pytest.mark.parametrize(
    ("name", "status"),
    [("technician", 403), ("auditor", 403), ("teacher", 403), ("analyst", 403)],
)
async def test_nobody_sends_a_file_who_gives_no_role(
    as_someone: Any, name: str, status: int
) -> None:
    ask = await as_someone(name)

    answer = await sent(ask, table("Nora,nora@example.org,Staff,140001,,,"))

    assert answer.status_code == status


async def test_a_leaders_file_reaches_no_further_than_their_school(
    joined: Joined, asked: Asked
) -> None:
    leader = await joined("leader", at(140001, "school-leader"))

    done = await brought(
        leader,
        table(
            "Nora,nora@example.org,Staff,140001,,,",
            "Nora,nora@example.org,Staff,140002,,,",
            "Nora,nora@example.org,LA technical manager,,940,,",
            "Me,manager@example.org,Staff,140001,,,",
        ),
    )

    assert [(f["line"], f["column"]) for f in done["faults"]] == [
        (3, "URN"),
        (4, "Role"),
        (5, "E-mail"),
    ]
    assert done["invited"] == 1
    assert asked("SELECT count(*) FROM assignment WHERE role = 'la-manager'") == [(2,)]


async def test_five_thousand_people_come_in_together(
    manager: Ask, asked: Asked
) -> None:
    rows = [f"Person {n},p{n}@example.org,Learner,140001,,," for n in range(5000)]

    done = await brought(manager, table(*rows))

    assert (done["invited"], done["roles_given"], done["faults"]) == (5000, 5000, [])
    assert asked(
        "SELECT count(*) FROM person_provisioning AS w INNER JOIN person AS p"
        " USING (person_id) WHERE p.invited_at IS NOT NULL"
    ) == [(5000,)]


HTML = {"accept": "text/html"}


async def test_the_page_tries_a_file_and_then_brings_it_in(manager: Ask) -> None:
    content = table(
        "Nora,nora@example.org,Staff,140001,,,", "Bad,nobody,Staff,140001,,,"
    )

    tried = await manager(
        "POST",
        "/people/import",
        headers=HTML,
        data={"csrf_token": ""},
        files={"file": ("people.csv", content)},
    )
    before = await manager("GET", BASE, params={"q": "nora"})
    [kept] = re.findall(r'name="content" value="([^"]+)"', tried.text)
    done = await manager(
        "POST",
        "/people/import",
        headers=HTML,
        files={"content": (None, kept), "csrf_token": (None, "")},
    )

    for said in ("1 person is invited", "Is no e-mail address", "Will be invited"):
        assert said in tried.text
    assert before.json()["items"] == []
    assert (done.status_code, done.headers["location"]) == (
        *(303, "/authorities/940/people"),
    )
    assert standing(await person_of(manager, "nora")) == {("staff", 140001)}


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (("", b""), "Choose a file"),
        (("people.csv", b"x" * 750_001), "larger than 750 kB"),
        (("people.csv", b"<html>"), "a web page"),
    ],
    ids=range(3),
)
async def test_a_file_that_cannot_be_comes_back_at_its_field(
    manager: Ask, file: tuple[str, bytes], said: str
) -> None:
    answer = await manager(
        "POST",
        "/people/import",
        headers=HTML,
        data={"csrf_token": ""},
        files={"file": file},
    )

    assert answer.status_code == 422
    assert said in answer.text


async def test_the_page_is_theirs_who_give_roles(as_someone: Any) -> None:
    for name, status in (("auditor", 403), ("technician", 403), ("manager", 200)):
        ask = await as_someone(name)
        page = await ask("GET", "/people/import", headers=HTML)
        assert page.status_code == status
