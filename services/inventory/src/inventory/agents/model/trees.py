"""Finding things in what an agent sent: nothing of it has to be as it should."""

from collections.abc import Iterator
from typing import Any, cast

from inventory.agents.model.documents import Tree

_NOTHING: Tree = {}


def group(tree: Tree, name: str) -> Tree:
    """Give what stands under a name, where that is one group of values."""
    found = tree.get(name)
    if isinstance(found, list) and found:
        found = cast("list[object]", found)[0]
    return cast("Tree", found) if isinstance(found, dict) else _NOTHING


def groups(tree: Tree, *names: str) -> Iterator[Tree]:
    """Give every group under the first of some names that is there.

    XML cannot say that one element is a list of one.
    """
    found = next((tree[name] for name in names if name in tree), None)
    if isinstance(found, dict):
        yield cast("Tree", found)
    elif isinstance(found, list):
        for each in cast("list[object]", found):
            if isinstance(each, dict):
                yield cast("Tree", each)


def value(tree: Tree, *names: str) -> Any:
    """Give what stands under the first of some names that holds anything."""
    for name in names:
        found = tree.get(name)
        if found not in (None, "", []):
            return found
    return None


def values(tree: Tree, *names: str) -> list[Any]:
    """Give what stands under a name as a list, of one if need be."""
    found = value(tree, *names)
    if found is None:
        return []
    return cast("list[Any]", found) if isinstance(found, list) else [found]
