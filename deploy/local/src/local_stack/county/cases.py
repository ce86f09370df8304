"""What goes wrong in schools and what they ask for, read from `cases.toml`."""

import tomllib
from dataclasses import dataclass
from importlib import resources
from typing import Any


@dataclass(frozen=True, slots=True)
class Case:
    """A kind of ticket: what it is about, how often, how grave, and what helped.

    `about` is a category of kit, or None; `{room}`, `{model}` and `{tag}` are filled.
    """

    kind: str
    share: int
    impact: str
    urgency: str
    summary: str
    descriptions: list[str]
    fixes: list[str]
    about: str | None = None
    older_only: bool = False


def _read() -> dict[str, Any]:
    text = (
        resources.files("local_stack.county").joinpath("cases.toml").read_text("utf-8")
    )
    return tomllib.loads(text)


_TOLD = _read()
CASES = tuple(Case(**entry) for entry in _TOLD["case"])
OFTEN_SAID: list[str] = _TOLD["said"]
ANSWERS: list[str] = _TOLD["answers"]
WAITS: list[str] = _TOLD["waits"]
