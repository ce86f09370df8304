"""A page of 50 assets through both hops, beside the same page from one bare file."""

import json
import time
from collections.abc import Callable, Mapping

import httpx
from joserfc.jwk import ECKey, KeySet

from chassis import auth
from inventory.assets import model
from local_stack import secret_files
from tests import stack as stacks
from tests.bench import contest, processor
from tests.bench.contest import Bare, Subject
from tests.bench.figures import Figure

ITEMS = 50
AIM = 0.4
_WHO = "la-technician"
_PAGE = f"/api/inventory/v1/assets?limit={ITEMS}"
BARE, DIRECT = "bare page of 50", "page of 50, service alone"
BARE_REGION = "bare page of 50, whole region"
SESSION, BEARER = "page of 50, gateway, session", "page of 50, gateway, bearer"


def measure(stack: stacks.Stack, say: Callable[[str], None]) -> list[Figure]:
    """Measure every subject in turn, round by round."""
    with contest.bare(stack) as bare:
        subjects = _subjects(stack, bare.url)
        _require_same_pages(subjects)
        return contest.hold("pages", subjects, lambda: _processor(stack, bare), say)


def _subjects(stack: stacks.Stack, bare: str) -> dict[str, Subject]:
    manager = stack.signed_in(_WHO)
    cookie = {"cookie": manager.headers["cookie"]}
    la_code = stack.signins[_WHO]["la_code"]
    region = sorted({la_code} | {a["la_code"] for a in _authorities(stack)})
    inventory = f"http://127.0.0.1:{stack.place.ports['inventory']}"
    whole = "&".join(f"la={code}" for code in region)
    return {
        BARE: Subject(f"{bare}/assets?limit={ITEMS}&la={la_code}", dict),
        DIRECT: Subject(
            inventory + _PAGE, lambda: _internal(stack, la_code), limit=BARE
        ),
        SESSION: Subject(stack.url + _PAGE, lambda: cookie, limit=BARE, aim=AIM),
        BARE_REGION: Subject(f"{bare}/assets?limit={ITEMS}&{whole}", dict),
        BEARER: Subject(
            stack.url + _PAGE,
            lambda: contest.bearer(stack),
            limit=BARE_REGION,
            aim=AIM,
        ),
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


def _require_same_pages(subjects: Mapping[str, Subject]) -> None:
    """Compare only what gives the very same answer."""
    pages = {
        name: httpx.get(subject.url, headers=dict(subject.headers()))
        .raise_for_status()
        .json()["items"]
        for name, subject in subjects.items()
    }
    assert len(pages[BARE]) == ITEMS
    for name, subject in subjects.items():
        expected = pages[subject.limit or name]
        assert pages[name] == expected, f"{name} answers otherwise than its limit"


def _processor(stack: stacks.Stack, bare: Bare) -> dict[str, processor.Seconds]:
    return {
        "bare": processor.seconds([bare.process]),
        **contest.processes(stack, "gateway", "inventory"),
        **contest.sessions(stack, "inventory"),
    }
