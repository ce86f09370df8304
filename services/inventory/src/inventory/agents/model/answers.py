"""What an agent is answered, in its own language."""

from typing import Literal
from xml.sax.saxutils import escape

import orjson

HOURS = 24
"""Until the agent comes again. It spreads the moment itself."""
JSON = "application/json"
XML = "application/xml"


def to_question(form: Literal["json", "xml"]) -> tuple[bytes, str]:
    """Ask for an inventory: the answer to GLPI's CONTACT and FusionInventory's PROLOG.

    The task's server has to be called `glpi`: by this word the agent knows that it
    may send its JSON.
    """
    if form == "json":
        tasks = {"inventory": {"server": "glpi", "version": "10.0"}}
        return _json({"status": "ok", "expiration": HOURS, "tasks": tasks}), JSON
    return _xml(f"<RESPONSE>SEND</RESPONSE><PROLOG_FREQ>{HOURS}</PROLOG_FREQ>"), XML


def to_report(form: Literal["json", "xml"], word: str) -> tuple[bytes, str]:
    """Say that a report was taken in."""
    if form == "json":
        return _json({"status": "ok", "message": word, "expiration": HOURS}), JSON
    return _xml(f"<RESPONSE>{escape(word)}</RESPONSE>"), XML


def _json(value: object) -> bytes:
    return orjson.dumps(value)


def _xml(inner: str) -> bytes:
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n<REPLY>{inner}</REPLY>\n'
    return text.encode()
