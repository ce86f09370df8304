"""Whether a processor is one of those that Windows 11 supports, by its family.

The rules are facts about families, series and numbers: from which generation on the
maker's series are on Microsoft's lists, and the few of older series that are, too. A
processor of no family that is known is not judged.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Literal

Verdict = Literal["listed", "not-listed", "unknown"]
_MOST_REMEMBERED = 10_000

_SIGNS = re.compile(r"[®™]|\((?:r|tm|c)\)", re.IGNORECASE)
_TAIL = re.compile(r"@.*|\bwith\b.*|\b\d+-core\b.*")
_WORDS = re.compile(
    r"\b(?:intel|amd|genuine|cpu|processor|microsoft(?= sq)|\d+(?:st|nd|rd|th) gen"
    r"|qualcomm|family|apu)\b"
)

_CORE = re.compile(
    r"core (?:i[3579]|m[357]?)[- ]?(?:m )?(?P<number>\d{3,5})(?P<mark>\w*)"
)
_CORE_N = re.compile(r"core i3[- ]n\d{3}\b")
_NEWER_CORE = re.compile(r"core (?:ultra )?[3579][- ](?:n)?\d{3}\w*")
_OLD_CORE = re.compile(r"core ?2|core (?:duo|solo)|core i\d\b")
_LEAST_CORE = 8
_LISTED_CORES = frozenset({"7820hq"})
# The seventh generation's X series but for its two lesser ones is of a newer kind.
_SEVENTH_X = re.compile(r"7(?:[89]\d\d)xe?")

_CELERON = re.compile(r"celeron (?P<letter>[gjn])?(?P<number>\d{3,4})(?P<mark>[a-z]*)")
_PENTIUM = re.compile(
    r"pentium (?:gold |silver |dual |dual-core )?(?P<letter>[a-z])?(?P<number>\d{3,4})"
    r"(?P<mark>[a-z]*)"
)
_LEAST_CELERON = {"g": 4900, "j": 4000, "n": 4000, "": 4205}
_LEAST_PENTIUM = {"g": 5400, "j": 5000, "n": 5000, "": 5400}
_LISTED_SMALL = frozenset({"celeron 3867u", "pentium 4417u", "pentium 4425y"})
_CLARKDALE = frozenset({6950, 6951, 6952, 6960})
"""Of 2010: newer ones have greater numbers, but for these."""

_XEON_SCALABLE = re.compile(r"xeon (?:bronze|silver|gold|platinum)\b")
_XEON_D = re.compile(r"xeon d-(\d)(\d)\d\d")
_XEON_EW = re.compile(r"xeon (?:e-2[1-9]|w-?[123]\d{3,4}|w[3579]-[23])")
_XEON_OLD_W = re.compile(r"xeon w[35]\d{3}\b")

_RYZEN = re.compile(
    r"ryzen [3579] (?:pro )?(?P<number>\d{4})(?P<mark>x3d|xt|[a-z]*)(?=\s|$)"
)
_SECOND_RYZENS = frozenset({"", "x", "e"})
"""Of the second thousand those with graphics are of the first kind."""
_THREADRIPPER = re.compile(r"ryzen threadripper (?P<pro>pro )?(?P<number>\d{4})")
_FIRST_RYZEN, _THIRD_RYZEN = 2, 3
_EPYC = re.compile(r"epyc (?P<series>\d)\w\w(?P<generation>\d)")
_ATHLON = re.compile(
    r"athlon (?:gold |silver )?(?:pro )?(?P<number>\d{3,4})(?P<mark>[a-z]*)(?=\s|$)"
)
_LEAST_ATHLON = 300
_OLD_AMD = re.compile(
    r"\b(?:athlon|opteron|phenom|sempron|turion|fx[- ]?\d{4}|[ae]\d{1,2}-\d{4}\w*"
    r"|e-\d{3}|c-\d{2}|ryzen embedded v1|ryzen embedded r1)\b"
)
_SMALL_AMD = re.compile(r"^30[12]5?e\b|^3015e|^3020e")
_EMBEDDED = re.compile(r"ryzen embedded (?:r2000 series )?[rv]2\d{3}")

_SNAPDRAGON = re.compile(
    r"snapdragon (?:7c|8c|850|x\b)|^sq[123]\b|^qc[ms](?:5430|6490)"
)
_X1 = re.compile(r"^x1[ep]?-\d\d-\d{3}")
_SMALL_INTEL = re.compile(r"^(?:n(?:50|95|97|100|150|200|250)|u30[0-3]\w*|3[01]0t?)$")
_ATOM_NEW = re.compile(r"atom x[67]\d{3}\w*")
_OLD_INTEL = re.compile(
    r"\b(?:atom|xeon|pentium|celeron|core|xeon phi|itanium|quark)\b"
)


@lru_cache(_MOST_REMEMBERED)
def verdict(name: str) -> Verdict:
    """Say whether a processor is on the lists, by the name that it gives itself."""
    plain = _plain(name)
    for rule in _RULES:
        if said := rule(plain):
            return said
    return "unknown"


def _plain(name: str) -> str:
    low = _SIGNS.sub("", name.lower())
    return " ".join(_WORDS.sub(" ", _TAIL.sub("", low)).split())


def _said(*, is_listed: bool) -> Verdict:
    return "listed" if is_listed else "not-listed"


def _core(name: str) -> Verdict | None:
    if _CORE_N.search(name) or _NEWER_CORE.search(name):
        return "listed"
    found = _CORE.search(name)
    if found is None:
        return "not-listed" if _OLD_CORE.search(name) else None
    number, marked = found["number"], found["number"] + found["mark"]
    if marked in _LISTED_CORES or _SEVENTH_X.fullmatch(marked):
        return "listed"
    return _said(is_listed=_generation(number) >= _LEAST_CORE)


def _generation(number: str) -> int:
    """Say of which generation a Core is: i5-650 is of the first, i5-1035G1 the 10th."""
    if len(number) == 3:  # noqa: PLR2004 - figures of the first generation
        return 1
    return int(number[:2] if number[0] == "1" else number[0])


def _celeron(name: str) -> Verdict | None:
    return _small(_CELERON.search(name), "celeron", _LEAST_CELERON)


def _pentium(name: str) -> Verdict | None:
    return _small(_PENTIUM.search(name), "pentium", _LEAST_PENTIUM)


def _small(
    found: re.Match[str] | None, family: str, least: dict[str, int]
) -> Verdict | None:
    if found is None:
        return None
    letter, number = found["letter"] or "", int(found["number"])
    if f"{family} {number}{found['mark']}" in _LISTED_SMALL:
        return "listed"
    is_newer = letter in least and number >= least[letter]
    return _said(is_listed=is_newer and number not in _CLARKDALE)


def _xeon(name: str) -> Verdict | None:
    if _XEON_OLD_W.search(name):
        return "not-listed"
    if _XEON_SCALABLE.search(name) or _XEON_EW.search(name):
        return "listed"
    found = _XEON_D.search(name)
    # D-1500 and D-2100 are of older kinds.
    return None if found is None else _said(is_listed=found[2] in "78")


def _ryzen(name: str) -> Verdict | None:
    found = _RYZEN.search(name)
    if found is None:
        return None
    thousand = int(found["number"][0])
    if thousand == _FIRST_RYZEN:
        return _said(is_listed=found["mark"] in _SECOND_RYZENS)
    return _said(is_listed=thousand >= _THIRD_RYZEN)


def _threadripper(name: str) -> Verdict | None:
    found = _THREADRIPPER.search(name)
    if found is None:
        return None
    if int(found["number"][0]) < _THIRD_RYZEN:
        return "not-listed"
    return "listed" if found["pro"] else None


def _epyc(name: str) -> Verdict | None:
    found = _EPYC.search(name)
    if found is None:
        return None
    is_first = found["series"] == "7" and found["generation"] == "1"
    return _said(is_listed=not is_first)


def _athlon(name: str) -> Verdict | None:
    found = _ATHLON.search(name)
    return (
        None
        if found is None
        else _said(is_listed=int(found["number"]) >= _LEAST_ATHLON)
    )


def _is(pattern: re.Pattern[str], said: Verdict) -> Callable[[str], Verdict | None]:
    return lambda name: said if pattern.search(name) else None


_RULES: tuple[Callable[[str], Verdict | None], ...] = (
    *(_core, _celeron, _pentium, _xeon),
    _is(_ATOM_NEW, "listed"),
    _is(_SMALL_INTEL, "listed"),
    *(_ryzen, _threadripper, _epyc, _athlon),
    _is(_EMBEDDED, "listed"),
    _is(re.compile(r"ryzen z1\b"), "listed"),
    _is(_SMALL_AMD, "listed"),
    _is(_SNAPDRAGON, "listed"),
    _is(_X1, "listed"),
    _is(_OLD_AMD, "not-listed"),
    _is(_OLD_INTEL, "not-listed"),
    _is(re.compile(r"snapdragon"), "not-listed"),
)
"""The first that knows a processor's family judges it."""
