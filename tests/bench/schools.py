"""School search and the comparison where the directory holds 20,000 schools.

The search's limit is the same schools asked for by their URNs, which no search can
beat; that of the comparison is its rows alone, of an LA as large as any.
"""

from collections.abc import Callable
from urllib.parse import urlencode

import httpx

from local_stack import services
from tests import stack as stacks
from tests.bench import contest, england, processor
from tests.bench.contest import Bare, Subject
from tests.bench.figures import Figure

_WHO = "la-manager"
_SCHOOLS = "/api/directory/v1/schools"
_LIMIT = 20
BY_URN, ROWS = "bare schools by URN", "bare rows of the comparison"
SEARCH, SEARCH_LA = "school search, all 20,000", "school search, one LA of 600"
SEARCH_PAGE = "search page over everything, one LA of 600"
FIGURES, PAGE = "comparison of 600, API", "comparison of 600, page"


def measure(stack: stacks.Stack, say: Callable[[str], None]) -> list[Figure]:
    """Seed, then measure every subject in turn, round by round."""
    la_code = stack.signins[_WHO]["la_code"]
    england.seed(services.cluster(stack.place), la_code)
    _recount(stack, la_code)
    with contest.bare(stack) as bare:
        subjects = _subjects(stack, bare.url, la_code)
        return contest.hold("schools", subjects, lambda: _processor(stack, bare), say)


def _recount(stack: stacks.Stack, la_code: str) -> None:
    """Say a school of the LA again, so that its distribution counts the new ones."""
    stack.run("events", "restate", "gateway", la_code)

    def counted() -> bool:
        with stack.client() as client:
            told = client.get(f"/api/strategy/v1/benchmarks?la_code={la_code}").json()
        return told["measures"][0]["n"] > england.LARGEST_LA

    stacks.eventually(counted)


def _subjects(stack: stacks.Stack, bare: str, la_code: str) -> dict[str, Subject]:
    cookie = {"cookie": stack.signed_in(_WHO).headers["cookie"]}
    paths = [f"{_SCHOOLS}?{_asked(needle)}" for needle in england.NEEDLES]
    pages = [f"/search?{urlencode({'q': needle})}" for needle in england.NEEDLES]
    with stack.client() as client:
        by_urn = [f"/schools?{_urns(client, path)}" for path in paths]

    def bearer() -> dict[str, str]:
        return contest.bearer(stack)

    def session() -> dict[str, str]:
        return cookie

    compared = f"/api/strategy/v1/benchmarks?la_code={la_code}"
    page = f"/authorities/{la_code}/comparison"
    return {
        BY_URN: Subject(bare, dict, by_urn),
        SEARCH: Subject(stack.url, bearer, paths, BY_URN),
        SEARCH_LA: Subject(stack.url, session, paths, BY_URN),
        SEARCH_PAGE: Subject(stack.url, session, pages, BY_URN),
        ROWS: Subject(f"{bare}/comparison?la={la_code}", dict),
        FIGURES: Subject(stack.url + compared, session, limit=ROWS),
        PAGE: Subject(stack.url + page, session, limit=ROWS),
    }


def _asked(needle: str) -> str:
    return urlencode({"q": needle, "limit": _LIMIT})


def _urns(client: httpx.Client, path: str) -> str:
    """Find what a search gives, to ask for the very same by URN."""
    items = client.get(path).raise_for_status().json()["items"]
    assert items, f"{path} finds no school"
    return urlencode([("urn", item["urn"]) for item in items])


def _processor(stack: stacks.Stack, bare: Bare) -> dict[str, processor.Seconds]:
    return {
        "bare": processor.seconds([bare.process]),
        **contest.processes(stack, "gateway", "strategy", "inventory", "servicedesk"),
        **contest.sessions(stack, "gateway", "strategy"),
    }
