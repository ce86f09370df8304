"""What the fuzzer is told beside the document: real schools, and what is no fault.

Schemathesis loads this in a process of its own. A finding is dropped only where a form
that the document allows is refused for a reason that no schema can say.
"""

import os
import re
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson
import schemathesis

_URNS = [int(urn) for urn in os.environ["JOINEDUP_FUZZ_URNS"].split(",")]
_IDS: dict[str, list[str]] = orjson.loads(os.environ["JOINEDUP_FUZZ_IDS"])
_ID = "-".join(f"[0-9a-fA-F]{{{length}}}" for length in (8, 4, 4, 4, 12))
_ANSWERED = Path(os.environ["JOINEDUP_FUZZ_ANSWERED"])

REASONS = {
    "stale": "a tag in due form that is not the present version's",
    "bad-cursor": "text in place of a cursor that a listing gave out",
    "idempotency-key-reused": "a key that was drawn before, with another body",
    "file-unreadable": "bytes that are no text",
    "file-empty": "no bytes at all",
    "picture-unsuitable": "bytes that are no picture",
    "attachment-unsuitable": "bytes that are no picture or document",
    "people-file-unreadable": "text that is no table of people",
    "reading-wrong": "columns that the file does not have",
    "custody-times-impossible": "times that follow each other and are over",
    "loss-unclear": "days that are over, and a reference of a theft",
    "ticket-supplier-not-named": "a supplier without an agreement, or another with one",
    "feedback-days-impossible": "a last day that follows the first, and soon",
    "report-impossible": "a last day that follows the first, and soon",
    "ticket-under-way": "a ticket that is settled",
    "time-impossible": "a day that is not there yet",
    "ticket-wait-impossible": "something to wait for, and that it does not wait",
    "merge-with-itself": "another asset",
    "merge-choice-unknown": "fields of the kind that the two assets are of",
    "asset-unknown": "an asset that the school does not have",
    "doubt-unclear": "an asset exactly where the device is one",
    "asset-named-twice": "the asset of an earlier item",
    "details-wrong": "the fields of a kind of kit, as `kinds` tells them",
    "lifecycle-out-of-order": "days that follow each other",
    "list-wrong": "a known make, and a model, each once",
    "place-unclear": "exactly one of two places",
    "price-day-unlikely": "a day within reason",
    "relation-impossible": "another asset of the same school",
    "repair-ends-too-early": "a day after the one on which it was sent",
    "network-service-impossible": "days that follow each other",
    "wipe-impossible": "a day that is over, and each asset once",
    "supplier-impossible": "days of a contract in their order",
    "licence-impossible": "seats, term and days of a licence that go together",
    "circuit-impossible": "a circuit whose role, days and moments can be",
    "stock-day-impossible": "a day that is not yet to come, nor before the order",
    "more-than-ordered": "no more than was ordered",
    "retired-in-room": "a room of a retired asset",
    "agreement-impossible": "days, parties and times that go together",
    "calendar-impossible": "periods and parts of days that can be, on working days",
    "ical-unreadable": "text in the form of a calendar",
    "calendar-window-impossible": "a last day that follows the first, and soon",
    "ticket-course-impossible": "times that do not follow each other",
    "comparison-unclear": "exactly one of two parameters",
    "school-not-of-authority": "a school of another LA than the notice",
    "notice-ends-before-it-begins": "a day before the first",
    "role-of-other-place": "a role of a school at an LA, or at two places",
    "assignment-days-impossible": "a last day that is over",
    "deputised-unknown": "a person who is not there",
    "sandbox-has-its-school": "a school for a client of the sandbox",
    "sharing-beyond-scope": "a school or an LA that one does not have",
}
_CUT = re.compile(r"^\s*[\t-\r\x85]|[\t-\r\x85]\s*$")
NO_BODY = "GET and HEAD carry no body here"


@schemathesis.hook
def map_body(_context: Any, body: Any) -> Any:
    """Put what is there in the place of most that is not, however deep."""
    if isinstance(body, dict):
        return {name: _there(name, map_body(None, each)) for name, each in body.items()}
    if isinstance(body, list):
        return [map_body(None, each) for each in body]
    return body


@schemathesis.hook
def map_query(_context: Any, query: Any) -> Any:
    """Ask for what is there."""
    return query and {name: _there(name, each) for name, each in query.items()}


@schemathesis.hook
def map_path_parameters(_context: Any, parameters: Any) -> Any:
    """Put a thing that is there in the place of most that are not."""
    return parameters and {n: _there(n, each) for n, each in parameters.items()}


@schemathesis.hook
def map_headers(_context: Any, headers: Any) -> Any:
    """Name the first versions of a thing often, so that changes come through."""
    tag = (headers or {}).get("if-match")
    if isinstance(tag, str) and tag.endswith('"') and len(tag) % 4:
        # Most things are as they were made: the first version most often.
        headers["if-match"] = f'"{max(len(tag) % 4 - 1, 1)}"'
    return headers


@schemathesis.hook
def filter_failure(_context: Any, failure: Any, case: Any, response: Any) -> bool:
    """Keep a finding, unless its reason is one of ours."""
    problem = _problem(response)
    slug = str(problem.get("type", "")).rpartition("#")[2]
    match type(failure).__name__:
        case "RejectedPositiveData":
            return slug not in REASONS and not _is_blank(problem)
        case "AcceptedNegativeData":
            # Too many items may be too many bytes first.
            return slug != "too-large" and not _is_cut(_sent(case))
        case "EnsureResourceAvailability":
            # What is written is shown from its first day on, once it is published.
            return not case.path.endswith("/put-away")
        case "UnsupportedMethodResponse":
            # The form is judged before the method: two readers could differ on it.
            return case.method not in {"GET", "HEAD"} or problem["detail"] != NO_BODY
        case _:
            return True


@schemathesis.hook
def after_call(_context: Any, case: Any, response: Any) -> None:
    """Note what came of each operation."""
    with _ANSWERED.open("a", encoding="utf-8") as notes:
        notes.write(f"{case.operation.label}\t{response.status_code}\n")


def _there(name: str, drawn: Any) -> Any:
    """Take a thing that is there for most that only have its form."""
    known = _IDS.get(name, [])
    if name == "school_urn" and _is_urn(drawn):
        return _URNS[int(drawn) % len(_URNS)]
    if name == "school" and _is_written_urn(drawn):
        return type(drawn)(_URNS[int(drawn) % len(_URNS)])
    if name == "la_code" and _is_code(drawn) and known:
        return known[0]
    if known and _is_id(drawn) and (number := UUID(drawn).int) % 5:
        return known[number % len(known)]
    return drawn


def _is_code(value: Any) -> bool:
    return isinstance(value, str) and re.fullmatch(r"[0-9]{3}", value) is not None


def _is_written_urn(value: Any) -> bool:
    """Whether it is one as an address has it."""
    return _is_urn(value) or (
        isinstance(value, str) and re.fullmatch(r"[1-9][0-9]{5}", value) is not None
    )


def _is_urn(value: Any) -> bool:
    """Whether it is one in form; JSON knows 900001.0 as a whole number too."""
    return type(value) in {int, float} and value in range(100_000, 1_000_000)


def _is_id(value: Any) -> bool:
    return isinstance(value, str) and re.fullmatch(_ID, value) is not None


def _is_blank(problem: dict[str, Any]) -> bool:
    """Whether all that is wrong is text of nothing but blanks, which are cut off."""
    details = {fault["detail"] for fault in problem.get("errors", [])}
    return details == {"String should have at least 1 character"}


def _sent(case: Any) -> list[Any]:
    return [case.body, case.query, case.path_parameters, case.headers]


def _is_cut(sent: Any) -> bool:
    """Whether a text has a tab or a line break at its edge, which is cut off."""
    if isinstance(sent, str):
        return _CUT.search(sent) is not None
    if isinstance(sent, dict):
        return any(map(_is_cut, sent.values()))
    return isinstance(sent, list) and any(map(_is_cut, sent))


def _problem(response: Any) -> dict[str, Any]:
    if "problem+json" not in str(response.headers.get("content-type", "")):
        return {}
    found: dict[str, Any] = orjson.loads(response.content)
    return found
