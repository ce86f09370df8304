"""Every refusal that a client may meet has a heading in docs/problems.md."""

import ast
import importlib
import re
from collections.abc import Iterator

import pytest

from chassis import errors, problems
from tests.architecture import features

PAGE = features.ROOT / "docs" / "problems.md"
HEADINGS = re.findall(r"^### (\S+)$", PAGE.read_text("utf-8"), re.MULTILINE)
# Said by the gateway's edge before any family's meaning applies.
PLAIN = {"bad-request": 400, "body-slow": 408, "method-not-allowed": 405}
ROOTS = ("chassis", *features.SERVICES)


def refusals() -> list[type[errors.Refusal]]:
    for root in ROOTS:
        for package in features.packages(root):
            for module in features.modules(package):
                if _defines_a_refusal(module):
                    importlib.import_module(module)
    return sorted(set(_below(errors.Refusal)), key=lambda kind: kind.slug)


def _defines_a_refusal(module: str) -> bool:
    return "slug = " in features.folder(module).with_suffix(".py").read_text("utf-8")


def _below(kind: type[errors.Refusal]) -> Iterator[type[errors.Refusal]]:
    for child in kind.__subclasses__():
        if child.__module__.split(".")[0] in ROOTS:
            yield child
        yield from _below(child)


REFUSALS = refusals()


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda kind: kind.slug)
def test_a_refusal_has_a_heading(refusal: type[errors.Refusal]) -> None:
    assert refusal.slug in HEADINGS


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda kind: kind.slug)
def test_a_refusal_has_a_status_and_words_of_its_own(
    refusal: type[errors.Refusal],
) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", refusal.slug)
    assert refusal.title
    assert _status(refusal) is not None


def _status(refusal: type[errors.Refusal]) -> int | None:
    told = (status for family, status in problems.STATUS if issubclass(refusal, family))
    return next(told, PLAIN.get(refusal.slug))


def test_a_slug_has_the_same_status_everywhere() -> None:
    said: dict[str, set[int | None]] = {}
    for kind in REFUSALS:
        said.setdefault(kind.slug, set()).add(_status(kind))

    assert {slug: found for slug, found in said.items() if len(found) > 1} == {}


def test_a_slug_is_one_refusal_of_a_service() -> None:
    seen = [(kind.__module__.split(".")[0], kind.slug) for kind in REFUSALS]

    assert sorted(set(seen)) == sorted(seen)


def test_what_the_framework_refuses_has_a_heading() -> None:
    framework = {slug for slug, _ in problems._FRAMEWORK.values()}

    assert {*framework, "internal-error"} <= {*HEADINGS}


def test_no_heading_is_left_of_a_refusal_that_is_gone() -> None:
    written = {
        node.value
        for file in features.python_files()
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }

    assert [heading for heading in HEADINGS if heading not in written] == []
    assert len(set(HEADINGS)) == len(HEADINGS)
