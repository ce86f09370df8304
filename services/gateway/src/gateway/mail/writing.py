"""Writes messages: one template for their text, one for how they are shown."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from uuid import UUID

import jinja2

from gateway.days import LONDON
from gateway.mail.model import Due, Letter

Link = Callable[[UUID, str], str]


def write(public_url: str, link: Link, due: Sequence[Due]) -> Letter:
    """Write one message of all that a person is to be told; `link` ends its like."""
    first = due[0]
    if len(due) == 1:
        subject = f"Ticket {first.number} at {first.school_name} is resolved"
    else:
        subject = f"{len(due)} of your tickets are resolved"
    told = {
        "name": first.display_name,
        "due": due,
        "url": public_url,
        "stop": link(first.person_id, first.kind),
    }
    return letter("resolved", subject, told)


def letter(template: str, subject: str, told: Mapping[str, object]) -> Letter:
    """Write a message by its two templates, as text and as it is shown."""
    text = _templates().get_template(f"{template}.txt").render(**told)
    html = _templates().get_template(f"{template}.html").render(**told, subject=subject)
    return Letter(subject, text, html)


@cache
def _templates() -> jinja2.Environment:
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=jinja2.select_autoescape(("html",), default=False),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters["moment"] = _moment
    return made


def _moment(at: datetime) -> str:
    local = at.astimezone(LONDON)
    hour = local.hour % 12 or 12
    return f"{local.day} {local:%B %Y} at {hour}:{local:%M}{local:%p}".replace(
        "AM", "am"
    ).replace("PM", "pm")
