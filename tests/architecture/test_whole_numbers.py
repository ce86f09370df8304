"""JSON has one kind of number: where 3 is taken, 3.0 is, in every body."""

import importlib
import pkgutil
from collections.abc import Iterator
from typing import Annotated, Any

import pytest
from pydantic import TypeAdapter

import gateway
import inventory
import servicedesk
import strategy
from chassis.wire import Body


def bodies() -> Iterator[type[Body]]:
    """Every kind of body that the services know."""
    for service in (gateway, inventory, servicedesk, strategy):
        for module in pkgutil.walk_packages(service.__path__, f"{service.__name__}."):
            if module.name.endswith(".schemas"):
                importlib.import_module(module.name)
    waiting = [Body]
    while waiting:
        body = waiting.pop()
        waiting += body.__subclasses__()
        yield body


def whole_fields() -> Iterator[tuple[str, TypeAdapter[Any], float]]:
    """The fields that take a whole number, and the least of what each takes."""
    for body in sorted(set(bodies()), key=lambda each: each.__qualname__):
        for name, field in body.model_fields.items():
            kind: Any = Annotated[(field.annotation, name, *field.metadata)]
            adapter = TypeAdapter(kind)
            schema = adapter.json_schema()
            for each in (schema, *schema.get("anyOf", ())):
                if each.get("type") == "integer":
                    least = float(each.get("minimum", 1))
                    yield f"{body.__qualname__}.{name}", adapter, least


FIELDS = {name: (adapter, least) for name, adapter, least in whole_fields()}


def test_there_are_some() -> None:
    assert len(FIELDS) > 10


@pytest.mark.parametrize("name", FIELDS)
def test_a_whole_number_with_a_point_is_one(name: str) -> None:
    adapter, least = FIELDS[name]

    assert adapter.validate_python(least) == int(least)
