"""Sign-in, the cookie, and how a session ends."""

import asyncio
from collections.abc import Callable

import httpx
import psycopg
import pytest

from gateway.sessions.model import hash_of
from gateway.sessions.service import CACHE_SECONDS
from tests.gateway.conftest import Stand
from tests.gateway.trail.test_what_the_gateway_records import entries, person_id
from tests.gateway.world import Browser

ME = "/api/directory/v1/me"
COOKIE = "__Host-joinedup"
ENDED = "sign-out.by-the-sign-on"
Csrf = Callable[[Browser], str]


def run(stand: Stand, statement: str, browser: Browser) -> None:
    with psycopg.connect(stand.database.admin, autocommit=True) as admin:
        admin.execute(statement.encode(), {"hash": hash_of(browser.cookies[COOKIE])})


async def becomes(browser: Browser, status: int, within: float = 2.0) -> float:
    """Ask until the status comes; return how long that took."""
    loop = asyncio.get_running_loop()
    began = loop.time()
    async with asyncio.timeout(within):
        while (await browser.get(ME)).status_code != status:  # noqa: ASYNC110
            await asyncio.sleep(0.05)
    return loop.time() - began


async def test_a_person_signs_in_and_is_known(technician: Browser) -> None:
    answer = await technician.get(ME)

    assert answer.status_code == 200
    assert [s["urn"] for s in answer.json()["schools"]] == [140001]
    assert answer.json()["grants"][0]["role"] == "school-technician"


async def test_the_cookie_is_opaque_and_bound(technician: Browser) -> None:
    line = next(c for c in technician.set_cookie if c.startswith(f"{COOKIE}="))

    assert "HttpOnly" in line
    assert "Secure" in line
    assert "SameSite=lax" in line
    assert "Path=/" in line
    assert "Domain" not in line
    assert len(technician.cookies[COOKIE]) >= 43


async def test_the_database_holds_neither_cookie_nor_tokens(
    stand: Stand, technician: Browser
) -> None:
    with psycopg.connect(stand.database.admin) as admin:
        found = admin.execute("SELECT * FROM session").fetchall()
    text = repr(found)

    assert technician.cookies[COOKIE] not in text
    assert not any(token in text for token in stand.issuer.refresh_tokens)


async def test_signing_in_leads_to_where_one_was_going(
    stand: Stand, browser: Browser
) -> None:
    stand.issuer.subject = "subject-manager"

    answer = await browser.sign_in("/authorities/940/comparison")

    assert answer.headers["location"] == "/authorities/940/comparison"


async def test_signing_in_again_makes_a_new_session_and_ends_the_old(
    stand: Stand, technician: Browser, http: httpx.AsyncClient
) -> None:
    old = technician.cookies[COOKIE]
    await technician.sign_in()

    assert technician.cookies[COOKIE] != old
    thief = Browser(stand.url, http, {COOKIE: old})
    assert (await thief.get(ME)).status_code == 401


async def test_a_cookie_of_ones_own_making_opens_nothing(
    stand: Stand, http: httpx.AsyncClient
) -> None:
    for made in ("x" * 43, "", "a" * 5000, "'; DROP TABLE session; --"):
        thief = Browser(stand.url, http, {COOKIE: made})
        assert (await thief.get(ME)).status_code in {400, 401}


async def test_a_planted_cookie_is_not_kept_at_sign_in(
    stand: Stand, http: httpx.AsyncClient
) -> None:
    stand.issuer.subject = "subject-technician"
    planted = "p" * 43
    victim = Browser(stand.url, http, {COOKIE: planted})
    await victim.sign_in()

    assert victim.cookies[COOKIE] != planted
    attacker = Browser(stand.url, http, {COOKIE: planted})
    assert (await attacker.get(ME)).status_code == 401


async def test_a_state_of_another_browser_is_refused(
    stand: Stand, browser: Browser, http: httpx.AsyncClient
) -> None:
    stand.issuer.subject = "subject-technician"
    begun = await browser.get("/login")
    back = (await http.get(begun.headers["location"])).headers["location"]
    other = Browser(stand.url, http)
    await other.get("/login")

    answer = await other.get(back.removeprefix(stand.url))

    assert answer.status_code == 403
    assert COOKIE not in other.cookies


async def test_a_foreign_nonce_is_refused(stand: Stand, browser: Browser) -> None:
    stand.issuer.subject = "subject-technician"
    stand.issuer.nonce_override = "of another sign-in"

    answer = await browser.sign_in()

    assert answer.status_code == 401
    assert COOKIE not in browser.cookies


async def test_someone_unknown_to_the_directory_gets_no_session(
    stand: Stand, browser: Browser
) -> None:
    stand.issuer.subject = "subject-nobody"

    answer = await browser.sign_in()

    assert answer.status_code == 403
    assert answer.json()["type"].endswith("#not-in-directory")


async def test_login_says_so_when_the_issuer_is_down(
    stand: Stand, browser: Browser
) -> None:
    stand.issuer.down = True

    async with asyncio.timeout(5):
        while (answer := await browser.get("/login")).status_code == 303:  # noqa: ASYNC110
            await asyncio.sleep(0.2)

    assert answer.status_code == 503
    assert answer.headers["retry-after"]


async def test_logging_out_needs_the_token_and_ends_it_within_a_second(
    stand: Stand, technician: Browser, csrf: Callable[[Browser], str]
) -> None:
    old = dict(technician.cookies)
    own = {"origin": stand.url}
    refused = await technician.send("POST", "/logout", own)
    assert refused.status_code == 403

    answer = await technician.send(
        "POST", "/logout", own, data={"csrf_token": csrf(technician)}
    )

    assert answer.status_code == 303
    assert answer.headers["location"].startswith(stand.issuer.issuer)
    assert "id_token_hint" in answer.headers["location"]
    assert COOKIE not in technician.cookies
    technician.cookies = old
    assert await becomes(technician, 401, 1.0) <= 1


async def test_the_issuer_ends_a_session_by_the_back_channel(
    stand: Stand, technician: Browser, http: httpx.AsyncClient
) -> None:
    _, sid = list(stand.issuer.refresh_tokens.values())[-1]
    assert (await technician.get(ME)).status_code == 200
    before = len(entries(stand, ENDED))

    for _ in range(2):
        answer = await http.post(
            f"{stand.url}/backchannel-logout",
            data={"logout_token": stand.issuer.logout_token(sid)},
        )
        assert answer.status_code == 200

    assert await becomes(technician, 401) <= 1
    # Once, in their LA's record, by the gateway: who had it ended nobody told.
    recorded = entries(stand, ENDED)
    assert len(recorded) == before + 1
    assert recorded[-1][:2] == ("940", None)
    assert recorded[-1][2] == person_id(stand, "technician")
    assert recorded[-1][3] == "done"


async def test_who_signs_out_here_is_recorded_once_whatever_the_issuer_says_after(
    stand: Stand, technician: Browser, http: httpx.AsyncClient, csrf: Csrf
) -> None:
    _, sid = list(stand.issuer.refresh_tokens.values())[-1]
    before = len(entries(stand, ENDED))
    own = {"origin": stand.url, "x-csrf-token": csrf(technician)}
    await technician.send("POST", "/logout", own)

    answer = await http.post(
        f"{stand.url}/backchannel-logout",
        data={"logout_token": stand.issuer.logout_token(sid)},
    )

    assert answer.status_code == 200
    assert len(entries(stand, ENDED)) == before


async def test_only_a_true_logout_token_ends_a_session(
    stand: Stand, technician: Browser, http: httpx.AsyncClient
) -> None:
    _, sid = list(stand.issuer.refresh_tokens.values())[-1]
    issuer = stand.issuer
    wrong = [
        issuer.logout_token(sid, nonce="n"),
        issuer.logout_token(sid, events={}),
        issuer.logout_token(sid, events=None),
        issuer.logout_token(sid, typ="Bearer"),
        issuer.logout_token(sid, typ="ID"),
        issuer.logout_token(sid, aud="someone-else"),
        issuer.logout_token(sid, iss="http://evil.example/realms/joinedup"),
        issuer.logout_token(sid, iat=1_600_000_000),
        issuer.logout_token(sid, exp=1_600_000_000),
        issuer.logout_token(sid, jti=None),
        issuer.logout_token(sid)[:-4] + "AAAA",
        "no token",
    ]
    for token in wrong:
        answer = await http.post(
            f"{stand.url}/backchannel-logout", data={"logout_token": token}
        )
        assert answer.status_code == 400
    assert await becomes(technician, 200) <= 1


async def test_fifty_calls_at_once_make_one_refresh(
    stand: Stand, technician: Browser
) -> None:
    run(
        stand,
        "UPDATE session SET refresh_at = now() - interval '1 s'"
        " WHERE session_hash = %(hash)s",
        technician,
    )
    await asyncio.sleep(1.1)  # what was resolved before is kept for a second
    before = stand.issuer.refreshes

    answers = await asyncio.gather(*(technician.get(ME) for _ in range(50)))

    assert {a.status_code for a in answers} == {200}
    assert stand.issuer.refreshes == before + 1


async def test_an_ended_sign_on_ends_the_session_at_the_next_refresh_and_is_recorded(
    stand: Stand, technician: Browser
) -> None:
    before = len(entries(stand, ENDED))
    stand.issuer.refresh_error = "invalid_grant"
    run(
        stand,
        "UPDATE session SET refresh_at = now() WHERE session_hash = %(hash)s",
        technician,
    )

    assert await becomes(technician, 401) <= 2
    recorded = entries(stand, ENDED)
    assert len(recorded) == before + 1
    assert recorded[-1][:2] == ("940", None)
    assert recorded[-1][2] == person_id(stand, "technician")


async def test_a_session_goes_on_while_the_issuer_is_away_for_an_hour_at_most(
    stand: Stand, technician: Browser
) -> None:
    stand.issuer.down = True
    run(
        stand,
        "UPDATE session SET refresh_at = now() WHERE session_hash = %(hash)s",
        technician,
    )
    await asyncio.sleep(1.1)
    assert (await technician.get(ME)).status_code == 200

    run(
        stand,
        "UPDATE session SET unreachable_since_at = now() - interval '61 min'"
        " WHERE session_hash = %(hash)s",
        technician,
    )

    assert await becomes(technician, 401) <= 2


async def test_idle_and_absolute_ends(stand: Stand, browser: Browser) -> None:
    for column, age in (("last_seen_at", "31 min"), ("created_at", "601 min")):
        stand.issuer.subject = "subject-technician"
        await browser.sign_in()
        run(
            stand,
            f"UPDATE session SET {column} = now() - interval '{age}'"  # noqa: S608
            " WHERE session_hash = %(hash)s",
            browser,
        )
        assert await becomes(browser, 401) <= 2


@pytest.mark.parametrize(
    "away",
    [
        "//evil.example",
        "https://evil.example",
        "/%5Cevil.example",
        "/%09/evil.example",
        "%0d%0aLocation:%20https://evil.example",
        "javascript:alert(1)",
        "/login",
        "/logout",
        "/api/directory/v1/me",
    ],
)
async def test_next_never_leads_away(stand: Stand, browser: Browser, away: str) -> None:
    stand.issuer.subject = "subject-technician"

    answer = await browser.sign_in(away)

    assert answer.headers["location"] == "/"


async def test_a_page_that_asks_by_itself_keeps_nobody_signed_in(
    stand: Stand, technician: Browser
) -> None:
    """Nor does it hide that somebody came back."""
    run(
        stand,
        "UPDATE session SET last_seen_at = now() - interval '29 minutes'"
        " WHERE session_hash = %(hash)s",
        technician,
    )
    await asyncio.sleep(CACHE_SECONDS)
    assert (await technician.get(ME, {"joinedup-unattended": "1"})).status_code == 200
    assert _unused_minutes(stand, technician) > 28

    assert (await technician.get(ME)).status_code == 200
    assert _unused_minutes(stand, technician) < 1


def _unused_minutes(stand: Stand, browser: Browser) -> float:
    statement = (
        b"SELECT extract(epoch FROM now() - last_seen_at)::float8 / 60 FROM session"
        b" WHERE session_hash = %(hash)s"
    )
    with psycopg.connect(stand.database.admin, autocommit=True) as admin:
        found = admin.execute(statement, {"hash": hash_of(browser.cookies[COOKIE])})
        (minutes,) = found.fetchone() or (0.0,)
    return minutes
