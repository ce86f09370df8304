"""Merges the services' documents into one: pure."""

import json
from collections.abc import Mapping
from typing import Any, cast

Document = dict[str, Any]
METHODS = ("get", "post", "put", "patch", "delete")
HEADERS: Document = {
    "RateLimit-Policy": {
        "description": "How often an API client may ask: `q` requests in `w` seconds.",
        "schema": {"type": "string", "examples": ['"minute";q=600;w=60']},
    },
    "RateLimit": {
        "description": "What it has left: `r` requests, until `t` seconds have gone.",
        "schema": {"type": "string", "examples": ['"minute";r=598;t=41']},
    },
    "Retry-After": {
        "description": "Seconds to wait.",
        "schema": {"type": "integer", "minimum": 1},
    },
}
QUOTA_EXCEEDED: Document = {
    "description": "The API client has asked as often in this minute as it may",
    "headers": {name: {"$ref": f"#/components/headers/{name}"} for name in HEADERS},
    "content": {
        "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}
    },
}


def merge(public_url: str, documents: Mapping[str, Document]) -> Document:
    """Join documents; the first service to use a schema's name keeps it.

    A later schema that says something else under that name gets its service's name in
    front, in its references too.
    """
    paths: Document = {}
    schemas: Document = {}
    for service in sorted(documents):
        document = _with_own_names(service, documents[service], schemas)
        schemas |= document.get("components", {}).get("schemas", {})
        for path, item in document.get("paths", {}).items():
            if path.startswith("/api/"):
                paths[path] = _limited(item)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Joinedup",
            "version": "1",
            "description": (
                "The ICT platform of a Local Authority and its schools."
                " Errors are RFC 9457 problems."
            ),
        },
        "servers": [{"url": public_url}],
        "security": [{"bearer": []}],
        "paths": dict(sorted(paths.items())),
        "components": {
            "schemas": dict(sorted(schemas.items())),
            "headers": HEADERS,
            "responses": {"QuotaExceeded": QUOTA_EXCEEDED},
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}},
        },
    }


def _limited(item: Document) -> Document:
    """Say at each operation what the gateway answers a client at its limit."""
    said = {"429": {"$ref": "#/components/responses/QuotaExceeded"}}
    return {
        name: {**each, "responses": each.get("responses", {}) | said}
        if name in METHODS
        else each
        for name, each in item.items()
    }


def _with_own_names(service: str, document: Document, taken: Document) -> Document:
    own: Document = document.get("components", {}).get("schemas", {})
    clashes = [name for name in own if name in taken and taken[name] != own[name]]
    text = json.dumps(document)
    for name in clashes:
        reference = "#/components/schemas/"
        text = text.replace(
            f'"{reference}{name}"', f'"{reference}{service.capitalize()}{name}"'
        )
    renamed = cast("Document", json.loads(text))
    if clashes:
        found: Document = renamed["components"]["schemas"]
        renamed["components"]["schemas"] = {
            (service.capitalize() + name if name in clashes else name): schema
            for name, schema in found.items()
        }
    return renamed


def operations(document: Document) -> list[Document]:
    """List the operations of a document, for a page that people read."""
    return [
        {"method": method.upper(), "path": path, **item[method]}
        for path, item in document["paths"].items()
        for method in METHODS
        if method in item
    ]


def methods_of(document: Document, path: str) -> list[str]:
    """List the methods that an address of the interface takes.

    Of two templates that name an address, the one with more said and less left open
    is meant (OpenAPI 3.1, paths object: concrete paths come before templated ones).
    """
    templates = [each for each in document["paths"] if _names(each, path)]
    if not templates:
        return []
    item = document["paths"][min(templates, key=lambda each: each.count("{"))]
    return sorted(method.upper() for method in METHODS if method in item)


def _names(template: str, path: str) -> bool:
    wanted, given = template.split("/"), path.split("/")
    return len(wanted) == len(given) and all(
        said.startswith("{") or said == part
        for said, part in zip(wanted, given, strict=True)
    )
