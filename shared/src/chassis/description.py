"""Completes an OpenAPI document with what the routes alone do not say.

The shape of problems, who may call at all, the entity tag of whatever has a version,
and links: an answer says which operations its id and its tag lead on to.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from chassis import problems

Document = dict[str, Any]

_SCHEMAS = "#/components/schemas/"
_ETAG: Document = {
    "description": "The version, as `If-Match` wants it.",
    "required": True,
    "schema": {"type": "string", "pattern": '^"[0-9]+"$'},
}


@dataclass(frozen=True, slots=True)
class _Thing:
    """The address of a single thing, the member that names it, and how it looks."""

    path: str
    key: str
    schema: Document
    reference: str


def complete(document: Document) -> Document:
    """Add what all services' documents have in common."""
    parts: Document = document.setdefault("components", {})
    schemas: Document = parts.setdefault("schemas", {})
    problem = problems.Problem.model_json_schema(ref_template=_SCHEMAS + "{model}")
    schemas |= problem.pop("$defs") | {"Problem": problem}
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    parts["securitySchemes"] = {"bearer": {"type": "http", "scheme": "bearer"}}
    document["security"] = [{"bearer": []}]
    for thing in list(_things(document)):
        for answer in list(_answers(document, thing.reference)):
            _lead_on(document, thing, answer)
    return document


def _things(document: Document) -> Iterator[_Thing]:
    for path, item in document["paths"].items():
        key = path.rpartition("/")[2].strip("{}")
        if not path.endswith(f"{{{key}}}") or "get" not in item:
            continue
        reference = _reference(item["get"]["responses"]["200"])
        schema = document["components"]["schemas"][reference.removeprefix(_SCHEMAS)]
        if key in schema["properties"]:
            yield _Thing(path, key, schema, reference)


def _answers(document: Document, reference: str) -> Iterator[Document]:
    """Every answer that is one thing of a kind."""
    for item in document["paths"].values():
        for operation in item.values():
            for status, answer in operation["responses"].items():
                if status.startswith("2") and _reference(answer) == reference:
                    yield answer


def _lead_on(document: Document, thing: _Thing, answer: Document) -> None:
    if "version" in thing.schema["properties"]:
        answer["headers"] = {"ETag": _ETAG}
    answer["links"] = {
        operation["operationId"]: _link(thing, operation)
        for path, item in document["paths"].items()
        if path.startswith(thing.path)
        for operation in item.values()
    }


def _link(thing: _Thing, operation: Document) -> Document:
    taken = {f"path.{thing.key}": f"$response.body#/{thing.key}"}
    if any(each["name"] == "if-match" for each in operation.get("parameters", ())):
        taken["header.if-match"] = "$response.header.ETag"
    return {"operationId": operation["operationId"], "parameters": taken}


def _reference(answer: Document) -> str:
    content: Document = answer.get("content", {}).get("application/json", {})
    found: str = content.get("schema", {}).get("$ref", "")
    return found
