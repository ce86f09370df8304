"""What it costs to count an API client's requests: the same client with and without.

The cheapest answer there is, so that the counting is as large a part of it as it can
be. Both are asked in turns: the limit is the client whose quota was taken away.
"""

from collections.abc import Callable, Mapping

import httpx
import psycopg

from local_stack import services
from tests import stack as stacks
from tests.bench import contest
from tests.bench.contest import Subject
from tests.bench.figures import Figure

_ASKED = "/api/directory/v1/me"
QUOTA = 6000
"""The most that a client may have: its requests in a burst stay below."""
WITHOUT, WITH = "a client without a quota", f"a client with {QUOTA:,} a minute"


def measure(stack: stacks.Stack, say: Callable[[str], None]) -> list[Figure]:
    """Ask as either in turn, round by round."""
    url = stack.url + _ASKED
    subjects = {
        WITHOUT: Subject(url, lambda: _as_client(stack, None)),
        WITH: Subject(url, lambda: _as_client(stack, QUOTA), limit=WITHOUT),
    }
    try:
        return contest.hold(
            "quota",
            subjects,
            lambda: {
                **contest.processes(stack, "gateway"),
                **contest.sessions(stack, "gateway"),
            },
            say,
        )
    finally:
        stack.limit_client(QUOTA)


def _as_client(stack: stacks.Stack, per_minute: int | None) -> Mapping[str, str]:
    """Be the client with a whole minute's quota before it, or with none."""
    stack.limit_client(per_minute)
    url = services.cluster(stack.place).dsn("gateway")
    headers = contest.bearer(stack)

    def heeds() -> bool:
        answer = httpx.get(stack.url + _ASKED, headers=headers)
        return ("ratelimit" in answer.headers) == (per_minute is not None)

    stacks.eventually(heeds)
    with psycopg.connect(url, autocommit=True) as gateway:
        gateway.execute("DELETE FROM api_quota WHERE principal = 'client:rbc-demo'")
    return headers
