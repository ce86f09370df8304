"""What is typed into a search box, as patterns that a text in lower case must fit."""

import re
from dataclasses import dataclass

SHORTEST_GUESSED = 4
"""A shorter word is taken as it stands: by one letter, everything would be near it."""
_SPECIAL = re.compile(r"([\\%_])")


@dataclass(frozen=True, slots=True)
class Near:
    """Patterns of a text that has each word but for one letter.

    `likely` are for LIKE, one of which such a text fits, and are cheap to try;
    `certain` are PostgreSQL's regular expressions, all of which it fits.
    """

    likely: list[str]
    certain: list[str]


def patterns(typed: str | None) -> list[str] | None:
    """Make a pattern of each word, to stand anywhere and in any order; None of none.

    What a pattern takes for a wildcard stands for itself.
    """
    return [_anywhere(word) for word in _words(typed)] or None


def near(typed: str | None) -> Near | None:
    """Make patterns of each word with one letter wrong, missing, too many or swapped.

    One slip leaves one half of a word whole, or has swapped the two letters where the
    halves meet: so the halves of the longest word say which texts are worth trying.
    """
    words = _words(typed)
    if not words:
        return None
    likely = [_anywhere(part) for part in _halves(max(words, key=len))]
    return Near(likely, [_off_by_one(word) for word in words])


def _words(typed: str | None) -> list[str]:
    return (typed or "").lower().split()


def _anywhere(part: str) -> str:
    return "%" + _SPECIAL.sub(r"\\\1", part) + "%"


def _halves(word: str) -> list[str]:
    if len(word) < SHORTEST_GUESSED:
        return [word]
    middle = len(word) // 2
    return [word[:middle], word[middle:], _swapped(word, middle - 1)]


def _swapped(word: str, at: int) -> str:
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _off_by_one(word: str) -> str:
    if len(word) < SHORTEST_GUESSED:
        return re.escape(word)
    places = range(len(word))
    # Another letter in the place of one, or none.
    slips = [f"{re.escape(word[:at])}.?{re.escape(word[at + 1 :])}" for at in places]
    # One more within the word; at its ends the word itself would be found.
    slips += [f"{re.escape(word[:at])}.{re.escape(word[at:])}" for at in places[1:]]
    slips += [re.escape(_swapped(word, at)) for at in places[:-1]]
    return "|".join(slips)
