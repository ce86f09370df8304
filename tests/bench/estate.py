"""An LA of 300 schools and 60,000 assets: figures, lists, filters and searches.

Everything goes through the gateway by a session, as a manager's browser asks.
"""

from collections.abc import Callable
from urllib.parse import urlencode

from local_stack import services
from tests import stack as stacks
from tests.bench import contest, figures, kit, processor, starts
from tests.bench.contest import Subject
from tests.bench.figures import Figure

_WHO = "la-manager"
_API = "/api/inventory/v1/estate"
_ITEMS = 50
_HOLDS = ("inventory", "gateway", "postgres")
_SECONDS = 5
"""A burst holds a few answers of what takes longest."""
_FILTERS: tuple[dict[str, str], ...] = (
    {"concern": "past-life"},
    {"concern": "gaps", "category": "laptop"},
    {"concern": "unseen"},
    {"age": "6", "category": "printer"},
    {"room": "room 12"},
)
"""What is looked for in turn: common and rare, one filter and two."""
_SERIALS = [f"S{300_001 + 13 * nth}{1 + 10 * nth}" for nth in range(20)]


def measure(stack: stacks.Stack, say: Callable[[str], None]) -> list[Figure]:
    """Seed, then measure every subject in turn, round by round."""
    la_code = stack.signins[_WHO]["la_code"]
    kit.seed(services.cluster(stack.place).dsn("inventory"), la_code)
    subjects = _subjects(stack, la_code)
    found = contest.hold("estate", subjects, lambda: _processor(stack), say, _SECONDS)
    held = starts.memory_held(stack)
    return [
        *found,
        *(
            figures.of_rounds(f"memory with 60,000 assets, {part}", [pss], "MiB")
            for part, (pss, _) in held.items()
            if part in _HOLDS
        ),
    ]


def _subjects(stack: stacks.Stack, la_code: str) -> dict[str, Subject]:
    cookie = {"cookie": stack.signed_in(_WHO).headers["cookie"]}
    school = stack.signins["school-technician"]["schools"][0]
    here, pages = f"la_code={la_code}", f"/authorities/{la_code}"

    def of(*paths: str) -> Subject:
        return Subject(stack.url, lambda: cookie, paths)

    listed = f"{_API}/kit?{here}&limit={_ITEMS}"
    found = f"/api/inventory/v1/assets?{here}&limit={_ITEMS}"
    slips = [f"{each[:4]}{each[5]}{each[4]}{each[6:]}" for each in _SERIALS]
    return {
        "figures of 60,000, API": of(f"{_API}?{here}"),
        "figures of 60,000, page": of(f"{pages}/estate"),
        "figures of one school, page": of(f"/schools/{school}/estate"),
        "300 schools by health, page": of(f"{pages}/health?sort=health"),
        "book value of 60,000, API": of(f"/api/inventory/v1/depreciation?{here}"),
        "cost of owning 60,000, API": of(f"/api/inventory/v1/costs?{here}"),
        "kit in use, first 50 of 54,000": of(listed),
        "kit in use, filtered": of(*(f"{listed}&{urlencode(f)}" for f in _FILTERS)),
        "kit in use, page": of(f"{pages}/kit?sort=tag"),
        "assets, first 50 of 60,000": of(found),
        "assets, the oldest 50": of(f"{found}&sort=purchased_on"),
        "assets, search by serial": of(*(f"{found}&q={each}" for each in _SERIALS)),
        "assets, search by a serial with a slip": of(
            *(f"{found}&match=near&q={each}" for each in slips)
        ),
    }


def _processor(stack: stacks.Stack) -> dict[str, processor.Seconds]:
    return {
        **contest.processes(stack, "gateway", "inventory"),
        **contest.sessions(stack, "inventory"),
    }
