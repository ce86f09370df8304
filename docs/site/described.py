"""The generated descriptions of the API and of the events, as pages of the site.

A page of docs/api that stands beside a description of its own name is followed by it.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

Shape = dict[str, Any]
_KINDS = {"date-time": "time", "date": "date", "uuid": "uuid"}
_JOINTS = {"anyOf": " or ", "oneOf": " or ", "allOf": " and "}
_BOUNDS = {"minimum": "from", "maximum": "to", "maxLength": "at most, characters"}


def setup(app: Sphinx) -> dict[str, Any]:
    app.connect("source-read", _describe)
    return {"parallel_read_safe": True}


def _describe(app: Sphinx, docname: str, source: list[str]) -> None:
    told = Path(app.srcdir, docname).with_suffix(".json")
    if not told.exists():
        return
    app.env.note_dependency(str(told))
    found: Shape = json.loads(told.read_text("utf-8"))
    lines = _events(found) if "asyncapi" in found else _operations(found)
    source[0] += "\n".join(["", *lines, *_shapes(found["components"]["schemas"]), ""])


def _operations(described: Shape) -> Iterator[str]:
    for path, verbs in described["paths"].items():
        for verb, operation in verbs.items():
            yield from (f"## {verb.upper()} {path}", "")
            yield from (operation.get("description", operation["summary"]), "")
            asked: list[Shape] = operation.get("parameters", [])
            if asked:
                head = ("asked with", "where", "kind", "what it is")
                yield from _table(head, map(_parameter, asked))
            if body := operation.get("requestBody"):
                yield from (f"The body is {_content(body)}.", "")
            rows = (
                (status, _content(answer), answer["description"])
                for status, answer in operation["responses"].items()
            )
            yield from _table(("answer", "body", "when"), rows)


def _events(described: Shape) -> Iterator[str]:
    for name, message in described["components"]["messages"].items():
        channel = described["channels"][name]["address"]
        yield from (f"## {message['name']}", "", message["summary"], "")
        yield from (f"On the subject `{channel}`.", "")
        fields = message["payload"]
        yield from _fields(fields, "of the envelope")


def _shapes(schemas: Shape) -> Iterator[str]:
    yield from ("## Shapes", "")
    for name, shape in sorted(schemas.items()):
        yield from (f"### {name}", "", shape.get("description", ""), "")
        if "properties" in shape:
            yield from _fields(shape, "")
        else:
            yield from (f"Kind: {_kind(shape)}.", "")


def _fields(shape: Shape, of: str) -> Iterator[str]:
    required = shape.get("required", [])
    rows = (
        (f"`{name}`", _kind(told), "yes" if name in required else "", _said(told))
        for name, told in shape["properties"].items()
    )
    return _table((f"field {of}".strip(), "kind", "always there", "what it is"), rows)


def _parameter(told: Shape) -> tuple[str, ...]:
    name = f"`{told['name']}`" + (" (needed)" if told.get("required") else "")
    return name, told["in"], _kind(told["schema"]), _said(told)


def _said(told: Shape) -> str:
    said = told.get("description", "")
    default = told.get("default", told.get("schema", {}).get("default"))
    return said if default is None else f"{said} Default: `{default}`.".strip()


def _content(told: Shape) -> str:
    kinds = told.get("content", {})
    return ", ".join(_kind(kind.get("schema", {})) for kind in kinds.values()) or "none"


def _kind(schema: Shape) -> str:
    if ref := schema.get("$ref"):
        name = ref.rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    for word, joint in _JOINTS.items():
        if word in schema:
            return joint.join(_kind(each) for each in schema[word])
    if values := schema.get("enum", [schema["const"]] if "const" in schema else []):
        return ", ".join(f"`{value}`" for value in values)
    return _plain_kind(schema)


def _plain_kind(schema: Shape) -> str:
    if schema.get("type") == "array":
        return f"list of {_kind(schema.get('items', {}))}"
    values: Shape | bool = schema.get("additionalProperties", False)
    if isinstance(values, dict):
        return f"object of {_kind(values)}"
    kind: str = schema.get("type", "anything")
    kind = _KINDS.get(schema.get("format", ""), kind)
    bounds = [f"{word} {schema[key]}" for key, word in _BOUNDS.items() if key in schema]
    return f"{kind} ({', '.join(bounds)})" if bounds else kind


def _table(head: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield "|" + " --- |" * len(head)
    for row in rows:
        cells = (cell.replace("|", "\\|").replace("\n", " ") for cell in row)
        yield f"| {' | '.join(cells)} |"
    yield ""
