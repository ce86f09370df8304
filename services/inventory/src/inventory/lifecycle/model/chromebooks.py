"""Which series a Chromebook is of: until when ChromeOS is supported hangs on that.

A series is called as its maker's list has it: "Acer Chromebook 311 (C722/C722T)", where
what stands in brackets are codes, any of which is on the machine.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from inventory.lifecycle.model.releases import Release, Releases

PRODUCT = "chromeos"
_MOST_REMEMBERED = 5_000
_BRACKETS = re.compile(r"\(([^)]*)\)")
_GENERATION = re.compile(r"\b(\d)(?:st|nd|rd|th) gen(?:eration)?\b")
_SHORT_GENERATION = re.compile(r"\bg(?:en(?:eration)?)?[ .]?(\d+)\b")
_INCHES = re.compile(r"\b\d{2}(?:\.\d)?(?:\"|-inch| inch\w*)")
_TOKEN = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_NOISE = frozenset({"laptop", "notebook", "education", "edition", "touch", "inc"})


@dataclass(frozen=True, slots=True)
class _Series:
    """A series by the words of its name and its codes."""

    words: frozenset[str]
    codes: frozenset[str]


def series_of(model: str, known: Releases) -> list[Release]:
    """Say of which series a machine may be, by its make and model as they are written.

    The whole name tells it, which several series may have; or else a code beside it.
    """
    told = _tokens(model)
    by_code: list[Release] = []
    by_name: list[Release] = []
    for release in known.get(PRODUCT, {}).values():
        for series in _parsed(release.cycle):
            if series.words == told:
                by_name.append(release)
            elif series.codes & told and _makes(series) <= told:
                by_code.append(release)
    return by_name or by_code


def _makes(series: _Series) -> frozenset[str]:
    """Give the words that no code stands in for: two makers may use one code."""
    return series.words & {"acer", "dell", "hp", "lenovo", "asus", "samsung"}


@lru_cache(_MOST_REMEMBERED)
def _parsed(name: str) -> tuple[_Series, ...]:
    """Read the series of a line: mostly one, and of "G3/G4/G4 EE" each."""
    codes = frozenset(
        code for part in _BRACKETS.findall(name.lower()) for code in _codes(part)
    )
    bare = _BRACKETS.sub(" ", name)
    first, *others = [part.strip() for part in bare.split("/") if part.strip()]
    stem = first.rsplit(" ", 1)[0]
    wholes = [
        first,
        *(one if "chromebook" in one.lower() else f"{stem} {one}" for one in others),
    ]
    return tuple(_Series(_tokens(whole), codes) for whole in wholes)


def _codes(part: str) -> list[str]:
    return [code for code in _TOKEN.findall(part) if any(c.isdigit() for c in code)]


def _tokens(text: str) -> frozenset[str]:
    low = _INCHES.sub(" ", text.lower())
    low = _GENERATION.sub(r"gen\1", low)
    low = _SHORT_GENERATION.sub(r"gen\1", low)
    return frozenset(_TOKEN.findall(low)) - _NOISE
