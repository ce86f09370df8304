"""The published language as an AsyncAPI 3 document, and what may never change in it.

The document is made from the registry alone: the same facts give the same bytes.
"""

import json
from collections.abc import Iterator, Mapping
from typing import TypeAlias, cast

from contracts import event, gateway, inventory, servicedesk

PUBLISHED = (gateway, inventory, servicedesk)
"""The modules whose facts are published; importing one registers what it says."""

Json: TypeAlias = "dict[str, object]"

_ENVELOPE = {
    "specversion": {"const": event.SPECVERSION},
    "id": {"type": "string", "format": "uuid"},
    "subject": {"type": "string", "format": "uuid"},
    "time": {"type": "string", "format": "date-time"},
    "datacontenttype": {"const": event.DATA_CONTENT_TYPE},
    "lacode": {"type": "string", "pattern": "^[0-9]{3}$"},
    "schoolid": {"type": "string", "format": "uuid"},
    "entityversion": {"type": "integer", "minimum": 1},
    "traceparent": {"type": "string"},
}
_REQUIRED = [
    "specversion",
    "id",
    "source",
    "type",
    "subject",
    "time",
    "datacontenttype",
    "lacode",
    "entityversion",
    "data",
]


def document() -> Json:
    """Describe every published fact."""
    published = {module.__name__ for module in PUBLISHED}
    kinds = sorted(
        (
            (event.name_of(kind), kind)
            for kind in event.facts().values()
            if kind.__module__ in published
        ),
        key=lambda pair: pair[0].type,
    )
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Joinedup events",
            "version": "1",
            "description": (
                "Facts that the services say to each other: CloudEvents 1.0, "
                "structured JSON, over NATS JetStream."
            ),
            "license": {"name": "Apache-2.0"},
        },
        "defaultContentType": event.CONTENT_TYPE,
        "channels": {key: value for name, _ in kinds for key, value in _channel(name)},
        "operations": {_key(name): _operation(name) for name, _ in kinds},
        "components": {
            "messages": {_key(name): _message(name, kind) for name, kind in kinds},
            "schemas": {kind.__name__: _data(kind) for _, kind in kinds},
        },
    }


def rendered(described: Mapping[str, object]) -> str:
    """The document as the file that is kept."""
    return json.dumps(described, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def breaks(before: Mapping[str, object], after: Mapping[str, object]) -> list[str]:
    """Say what readers of the earlier document could no longer rely on.

    Facts and fields are only added. A field that was always there stays so, and keeps
    its form; what else is wanted becomes version 2 beside version 1.
    """
    return [
        *_lost("fact", _part(before, "messages"), _part(after, "messages")),
        *(
            fault
            for name, schema in _part(before, "schemas").items()
            if name in _part(after, "schemas")
            for fault in _narrowed(
                name, cast("Json", schema), cast("Json", _part(after, "schemas")[name])
            )
        ),
    ]


def _channel(name: event.Name) -> Iterator[tuple[str, Json]]:
    yield (
        _key(name),
        {
            "address": name.subject("{la_code}"),
            "messages": {_key(name): {"$ref": f"#/components/messages/{_key(name)}"}},
            "parameters": {
                "la_code": {"description": "Three digits of the Local Authority."}
            },
        },
    )


def _operation(name: event.Name) -> Json:
    return {
        "action": "send",
        "channel": {"$ref": f"#/channels/{_key(name)}"},
        "tags": [{"name": name.service}],
    }


def _message(name: event.Name, kind: type[event.Event]) -> Json:
    return {
        "name": name.type,
        "title": kind.__name__,
        "summary": kind.__doc__,
        "contentType": event.CONTENT_TYPE,
        "payload": {
            "type": "object",
            "required": _REQUIRED,
            "properties": {
                **_ENVELOPE,
                "source": {"const": name.source},
                "type": {"const": name.type},
                "data": {"$ref": f"#/components/schemas/{kind.__name__}"},
            },
        },
    }


def _data(kind: type[event.Event]) -> Json:
    schema = kind.model_json_schema(mode="serialization")
    schema.pop("description", None)
    return schema


def _key(name: event.Name) -> str:
    return name.type.removeprefix("uk.joinedup.")


def _part(described: Mapping[str, object], part: str) -> Json:
    components = cast("Json", described.get("components", {}))
    return cast("Json", components.get(part, {}))


def _lost(what: str, before: Json, after: Json) -> Iterator[str]:
    for name in sorted(before.keys() - after.keys()):
        yield f"{what} {name} is gone"


def _narrowed(fact: str, before: Json, after: Json) -> Iterator[str]:
    old = cast("dict[str, Json]", before.get("properties", {}))
    new = cast("dict[str, Json]", after.get("properties", {}))
    yield from _lost(f"{fact}: field", cast("Json", old), cast("Json", new))
    for name in sorted(old.keys() & new.keys()):
        if _form(old[name]) != _form(new[name]):
            yield f"{fact}: field {name} has another form"
    promised = set(cast("list[str]", before.get("required", [])))
    kept = set(cast("list[str]", after.get("required", [])))
    for name in sorted((promised - kept) & new.keys()):
        yield f"{fact}: field {name} may be missing now"


def _form(schema: Json) -> Json:
    return {key: schema[key] for key in schema.keys() - {"title", "description"}}
