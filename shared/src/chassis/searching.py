"""What is typed into a search box, as patterns that a text in lower case must fit."""

import re

_SPECIAL = re.compile(r"([\\%_])")


def patterns(typed: str | None) -> list[str] | None:
    """Make a pattern of each word, to stand anywhere and in any order; None of none.

    What a pattern takes for a wildcard stands for itself.
    """
    words = (typed or "").lower().split()
    return ["%" + _SPECIAL.sub(r"\\\1", word) + "%" for word in words] or None
