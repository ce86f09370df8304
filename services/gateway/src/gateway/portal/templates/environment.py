"""Draws a page: Jinja with autoescape, the GOV.UK components and our own formats."""

import json
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import jinja2

from gateway.portal.templates import formats

GOVUK = "govuk_frontend_jinja"
STATIC = Path(__file__).parent.parent / "static"


@cache
def manifest() -> dict[str, str]:
    """Read which hashed file stands for which name; empty before the first build."""
    path = STATIC / "manifest.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def asset_url(name: str) -> str:
    return f"/assets/{manifest().get(name, name)}"


def options(choices: Mapping[Any, str], first: str = "") -> list[dict[str, str]]:
    """List a select's items as the component takes them; `first` stands for any."""
    items = [{"value": str(code), "text": text} for code, text in choices.items()]
    return [{"value": "", "text": first}, *items] if first else items


def field_error(problems: Mapping[str, str], field: str) -> dict[str, str] | None:
    """Word a field's error as the components take it."""
    return {"text": problems[field]} if field in problems else None


FILTERS: dict[str, Callable[..., object]] = {
    "day": formats.day,
    "duration": formats.duration,
    "moment": formats.moment,
    "machine_time": formats.machine_time,
    "number": formats.number,
    "pence": formats.pence,
    "pounds": formats.pounds,
    "size": formats.size,
    "words": formats.words,
    "told": formats.told,
}
GLOBALS: dict[str, Any] = {
    "asset_url": asset_url,
    "count": formats.count,
    "options": options,
    "field_error": field_error,
}


@cache
def environment() -> jinja2.Environment:
    """Make the environment once per process; templates do not change under it."""
    made = jinja2.Environment(
        loader=jinja2.ChoiceLoader(
            [
                jinja2.PackageLoader("gateway.portal"),
                jinja2.PrefixLoader({GOVUK: jinja2.PackageLoader(GOVUK)}),
            ]
        ),
        autoescape=True,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= FILTERS
    made.globals |= GLOBALS
    return made


def draw(template: str, context: dict[str, object]) -> str:
    return environment().get_template(template).render(context)
