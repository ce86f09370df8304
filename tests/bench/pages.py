"""A page of 50 assets through both hops, beside the same page from one bare file."""

import contextlib
import json
import os
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass

import httpx
import psutil
from joserfc.jwk import ECKey, KeySet

from chassis import auth
from chassis.embedded import child
from inventory.assets import model
from local_stack import plan, secret_files
from tests import stack as stacks
from tests.bench import figures, generator, processor
from tests.bench.figures import Figure

ROUNDS, SECONDS, WARM_SECONDS = 3, 3, 1
AT_ONCE = (1, 16)
ITEMS = 50
AIM = 0.4
_WHO = "la-technician"
_PAGE = f"/api/inventory/v1/assets?limit={ITEMS}"
_SERVER = (
    *("-m", "uvicorn", "tests.bench.bare:app", "--loop", "uvloop"),
    *("--http", "httptools", "--no-access-log", "--log-level", "warning"),
)
BARE, DIRECT, SESSION = "bare", "service alone", "gateway, session"
BARE_REGION, BEARER = "bare, whole region", "gateway, bearer"
LIMIT_OF = {DIRECT: BARE, SESSION: BARE, BEARER: BARE_REGION}


@dataclass(frozen=True, slots=True)
class Subject:
    """Something that answers with the page; its headers are made anew per burst."""

    url: str
    headers: Callable[[], Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Round:
    """One burst, with the processor time per request of each part, in µs."""

    burst: generator.Burst
    micros: Mapping[str, float]

    @property
    def spent(self) -> float:
        return sum(self.micros.values())


Rounds = Mapping[tuple[str, int], list[Round]]


def measure(stack: stacks.Stack, say: Callable[[str], None]) -> list[Figure]:
    """Measure every subject in turn, round by round."""
    rounds: defaultdict[tuple[str, int], list[Round]] = defaultdict(list)
    with _bare(stack) as bare:
        subjects = _subjects(stack, f"http://127.0.0.1:{bare.port}")
        _require_same_pages(subjects)
        for subject in subjects.values():
            generator.burst(subject.url, subject.headers(), 16, WARM_SECONDS)
        for number in range(ROUNDS):
            for at_once in AT_ONCE:
                for name, subject in subjects.items():
                    rounds[name, at_once].append(
                        _round(stack, bare.process, subject, at_once)
                    )
            say(f"pages: round {number + 1} of {ROUNDS}, load {figures.load()}")
    return [*_ratios(rounds), *_rates(rounds), *_costs(rounds)]


@dataclass(frozen=True, slots=True)
class _Bare:
    process: psutil.Process
    port: int


@contextlib.contextmanager
def _bare(stack: stacks.Stack) -> Generator[_Bare]:
    """Serve the bare file as uvicorn serves a service: one process, no access log."""
    port = child.free_port()
    log = stack.place.logs_dir / "bare.log"
    with log.open("wb") as file:
        process = subprocess.Popen(
            [sys.executable, *_SERVER, "--port", str(port)],
            cwd=stack.place.root,
            env=os.environ
            | {"BENCH_DATABASE_URL": plan.cluster(stack.place).dsn("inventory")},
            stdout=file,
            stderr=file,
        )
    try:
        stacks.eventually(lambda: not stacks._is_free(port))
        yield _Bare(psutil.Process(process.pid), port)
    finally:
        process.terminate()
        process.wait(20)


def _subjects(stack: stacks.Stack, bare: str) -> dict[str, Subject]:
    manager = stack.signed_in(_WHO)
    cookie = {"cookie": manager.headers["cookie"]}
    la_code = stack.signins[_WHO]["la_code"]
    region = sorted({la_code} | {a["la_code"] for a in _authorities(stack)})
    inventory = f"http://127.0.0.1:{stack.place.ports['inventory']}"
    whole = "&".join(f"la={code}" for code in region)
    return {
        BARE: Subject(f"{bare}/assets?limit={ITEMS}&la={la_code}", dict),
        DIRECT: Subject(inventory + _PAGE, lambda: _internal(stack, la_code)),
        SESSION: Subject(stack.url + _PAGE, lambda: cookie),
        BARE_REGION: Subject(f"{bare}/assets?limit={ITEMS}&{whole}", dict),
        BEARER: Subject(stack.url + _PAGE, lambda: _bearer(stack)),
    }


def _authorities(stack: stacks.Stack) -> list[dict[str, str]]:
    with stack.client() as client:
        answer = client.get("/api/directory/v1/authorities").raise_for_status()
    found: list[dict[str, str]] = answer.json()["items"]
    return found


def _internal(stack: stacks.Stack, la_code: str) -> dict[str, str]:
    """Sign what the gateway would sign; it lives for a burst."""
    path = stack.place.secrets_dir / secret_files.INTERNAL_KEYS
    key = KeySet.import_key_set(json.loads(path.read_text("utf-8"))).keys[0]
    assert isinstance(key, ECKey)
    role = min(model.WRITERS)
    actor = auth.Actor("bench", "person", (auth.Grant(role, (la_code,)),))
    token = auth.sign_internal_token(key, actor, "inventory", time.time())
    return {"authorization": f"Bearer {token}"}


def _bearer(stack: stacks.Stack) -> dict[str, str]:
    with stack.client() as client:
        return {"authorization": client.headers["authorization"]}


def _require_same_pages(subjects: Mapping[str, Subject]) -> None:
    """Compare only what gives the very same answer."""
    pages = {
        name: httpx.get(subject.url, headers=dict(subject.headers()))
        .raise_for_status()
        .json()["items"]
        for name, subject in subjects.items()
    }
    assert len(pages[BARE]) == ITEMS
    for name, limit in LIMIT_OF.items():
        assert pages[name] == pages[limit], f"{name} answers otherwise than {limit}"


def _round(
    stack: stacks.Stack, bare: psutil.Process, subject: Subject, at_once: int
) -> Round:
    headers = subject.headers()
    before = _processor(stack, bare)
    seen = generator.burst(subject.url, headers, at_once, SECONDS)
    after = _processor(stack, bare)
    spent = {
        part: processor.spent(before[part], after[part]) / seen.requests * 1e6
        for part in after
    }
    return Round(seen, spent)


def _processor(
    stack: stacks.Stack, bare: psutil.Process
) -> dict[str, processor.Seconds]:
    postmaster = psutil.Process(stack.pid("postgres"))
    return {
        "bare": processor.seconds([bare]),
        "gateway": processor.seconds([psutil.Process(stack.pid("gateway"))]),
        "inventory": processor.seconds([psutil.Process(stack.pid("inventory"))]),
        "postgres": processor.seconds(processor.backends(postmaster, "inventory")),
    }


def _ratios(rounds: Rounds) -> list[Figure]:
    """Compare rates, and processor time, which other work on the machine moves less."""
    found: list[Figure] = []
    for (name, at_once), ours in rounds.items():
        if name not in LIMIT_OF:
            continue
        limit = rounds[LIMIT_OF[name], at_once]
        what = f"page of 50, {name}, {at_once} at a time"
        rates, limit_rates = ([each.burst.rate for each in r] for r in (ours, limit))
        spent, limit_spent = ([each.spent for each in r] for r in (ours, limit))
        aim = 0 if name == DIRECT else AIM
        found += [
            figures.ratio(what, rates, limit_rates, aim),
            figures.ratio(f"{what}, processor time", limit_spent, spent),
        ]
    return found


def _rates(rounds: Rounds) -> list[Figure]:
    return [
        figures.of_rounds(f"{name}, {at_once} at a time: {what}", values, unit)
        for (name, at_once), found in rounds.items()
        for what, unit, values in (
            ("rate", "requests/s", [each.burst.rate for each in found]),
            ("p50", "ms", [each.burst.p50 for each in found]),
            ("p99", "ms", [each.burst.p99 for each in found]),
        )
    ]


def _costs(rounds: Rounds) -> list[Figure]:
    return [
        figures.of_rounds(
            f"{name}, {at_once} at a time: processor, {part}", spent, "µs"
        )
        for (name, at_once), found in rounds.items()
        for part in found[0].micros
        if max(spent := [each.micros[part] for each in found]) > 20
    ]
