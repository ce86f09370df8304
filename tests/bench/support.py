"""The support of what an LA's machines run, of 60,000 assets: figures and lists.

Everything goes through the gateway by a session, as a manager's browser asks.
"""

from collections.abc import Callable
from urllib.parse import urlencode

from local_stack import services
from tests import stack as stacks
from tests.bench import contest, kit, processor
from tests.bench.contest import Subject
from tests.bench.figures import Figure

_WHO = "la-manager"
_API = "/api/inventory/v1/support"
_ITEMS = 50
_SECONDS = 5
_FILTERS: tuple[dict[str, str], ...] = (
    {"state": "ended"},
    {"state": "unknown"},
    {"product": "windows", "cycle": "10-22h2"},
    {"product": "office", "state": "ended"},
    {"windows_11": "not-ready"},
)
"""What is looked for in turn: by system, by program, by readiness."""


def measure(stack: stacks.Stack, say: Callable[[str], None]) -> list[Figure]:
    """Seed, then measure every subject in turn, round by round."""
    la_code = stack.signins[_WHO]["la_code"]
    kit.seed_systems(services.cluster(stack.place).dsn("inventory"), la_code)
    subjects = _subjects(stack, la_code)
    return contest.hold("support", subjects, lambda: _processor(stack), say, _SECONDS)


def _subjects(stack: stacks.Stack, la_code: str) -> dict[str, Subject]:
    cookie = {"cookie": stack.signed_in(_WHO).headers["cookie"]}
    school = stack.signins["school-technician"]["schools"][0]
    here, pages = f"la_code={la_code}", f"/authorities/{la_code}"

    def of(*paths: str) -> Subject:
        return Subject(stack.url, lambda: cookie, paths)

    listed = f"{_API}/devices?{here}&limit={_ITEMS}"
    return {
        "support of an LA of 60,000, API": of(f"{_API}?{here}"),
        "support of an LA of 60,000, page": of(f"{pages}/support"),
        "support of one school, page": of(f"/schools/{school}/support"),
        "machines by support, first 50": of(listed),
        "machines by support, filtered": of(
            *(f"{listed}&{urlencode(each)}" for each in _FILTERS)
        ),
        "machines by support, page": of(f"{pages}/systems?state=ended"),
    }


def _processor(stack: stacks.Stack) -> dict[str, processor.Seconds]:
    return {
        **contest.processes(stack, "gateway", "inventory"),
        **contest.sessions(stack, "inventory"),
    }
