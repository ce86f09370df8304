"""Which release of an operating system a machine has, by what it says of itself.

Agents write "Microsoft Windows 10 Pro" with "22H2" or "10.0.19045.3570"; people write
"Windows 7". What does not say enough is not guessed at: it may be one of several
releases, or none that is known.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from inventory.lifecycle.model.releases import Release, Releases

_SIGNS = re.compile(r"[®™]|\((?:r|tm)\)", re.IGNORECASE)
_SERVER = re.compile(r"windows\s+server\b")
_YEAR = re.compile(r"\b(20\d\d)(\s*r2\b)?")
_CLIENT = re.compile(r"windows\s+(11|10|8\.1|8|7|vista|xp)\b")
_OLD = {"8.1": "8.1", "8": "8", "7": "7-sp1", "vista": "6-sp2", "xp": "5-sp3"}
_FEATURE = re.compile(r"\b(\d\dh[12]|1[5-9]\d\d|2004)\b", re.IGNORECASE)
_BUILD = re.compile(r"(?:10\.0\.)?([12]\d{4})(?:\.\d+)*")
_CYCLE = re.compile(r"(1[01])-([0-9h]+)(?:-([a-z-]+))?")
# Which of the servicing tracks an edition is on. "Pro Education" is a Pro.
_HOME = re.compile(r"\b(?:pro|professi\w+|home|famil\w+|core|se|s)\b")
_LARGE = re.compile(r"\b(?:enterprise|entreprise|education|éducation)\b")
_LASTING = re.compile(r"\blts[bc]\b")
_LTSC_YEARS = {
    "2015": "1507",
    "2016": "1607",
    "2019": "1809",
    "2021": "21h2",
    "2024": "24h2",
}
_NUMBER = re.compile(r"\b(\d+)(?:\.(\d+))?")
# A kernel's version, which stands in where a system says none, has a dash in it.
_OWN_NUMBER = re.compile(r"\d+(?:\.\d+){0,3}(?:\s*\(\w+\))?(?:\s+lts)?", re.IGNORECASE)
_MAC = re.compile(r"\b(?:mac\s?os(?:\s?x)?|os x)\b")
_LAST_ANDROID = 20
"""Above it a number is the level of its programming interface."""


@dataclass(frozen=True, slots=True)
class System:
    """A product, and which of its releases it may be: none where none is known."""

    product: str
    releases: list[Release]


def system_of(name: str, version: str, known: Releases) -> System | None:
    """Say which system a machine has; None where it is none of those looked at."""
    name = " ".join(_SIGNS.sub(" ", name).lower().split())
    version = " ".join(version.lower().split())
    for product, is_meant, find in _RULES:
        if is_meant(name):
            return System(product, find(name, version, known.get(product, {})))
    return None


_Known = Mapping[str, Release]


def _server(name: str, version: str, known: _Known) -> list[Release]:
    found = _YEAR.search(_SERVER.split(name, 1)[1]) or _YEAR.fullmatch(version)
    if found is None:
        return []
    whole = f"{found[1]}-r2" if found[2] else found[1]
    return [
        release
        for cycle, release in known.items()
        if cycle == whole or cycle.startswith(f"{whole}-sp")
    ]


def _client(name: str, version: str, known: _Known) -> list[Release]:
    said = _CLIENT.search(name)
    if said is not None and said[1] in _OLD:
        return [known[cycle] for cycle in [_OLD[said[1]]] if cycle in known]
    found = list(_by_number(name, version, said[1] if said else None, known))
    tracks = _tracks(name)
    return [release for release, track in found if tracks is None or track in tracks]


def _by_number(
    name: str, version: str, generation: str | None, known: _Known
) -> Iterable[tuple[Release, str]]:
    """Give the releases that a build or a version may be, each with its track."""
    build = _BUILD.fullmatch(version)
    feature = _feature(name, version)
    for release in known.values():
        parts = _CYCLE.fullmatch(release.cycle)
        if parts is None:
            continue
        if build is not None:
            # Some call the eleventh the tenth: a build tells them apart.
            is_it = (release.build or "").endswith(f".{build[1]}")
        else:
            is_it = generation == parts[1] and feature in {None, parts[2]}
        if is_it:
            yield release, parts[3] or ""


def _feature(name: str, version: str) -> str | None:
    if _LASTING.search(name) and (year := _YEAR.search(name)):
        return _LTSC_YEARS.get(year[1], "none")
    found = _FEATURE.search(version) or _FEATURE.search(name)
    return found[1].lower() if found else None


def _tracks(name: str) -> frozenset[str] | None:
    """Say on which tracks an edition may be; None: on any."""
    if _LASTING.search(name):
        return frozenset({"iot-lts"} if "iot" in name.split() else {"e-lts"})
    if _HOME.search(name):
        return frozenset({"w", ""})
    if _LARGE.search(name):
        return frozenset({"e", ""})
    return None


def _mac(name: str, version: str, known: _Known) -> list[Release]:
    number = _number(_MAC.sub(" ", name), version)
    if number is None:
        return []
    major, minor = number
    if (major, minor) == ("10", "16"):
        # So the eleventh calls itself to programs that know no eleventh.
        major = "11"
    return _exactly(known, f"10.{minor}" if major == "10" else major)


def _whole(name: str, version: str, known: _Known) -> list[Release]:
    number = _number(name, version)
    return _exactly(known, number[0]) if number else []


def _android(name: str, version: str, known: _Known) -> list[Release]:
    _, _, tail = name.partition("android")
    number = _number(tail, version)
    if number is None or int(number[0]) > _LAST_ANDROID:
        return []
    major, minor = number
    return _exactly(known, f"{major}.{minor}") or _exactly(known, major)


def _parts(name: str, version: str, known: _Known) -> list[Release]:
    number = _number(name, version)
    if number is None:
        return []
    major, minor = number
    return _exactly(known, f"{major}.{minor}") or _exactly(known, major)


def _nothing(name: str, version: str, known: _Known) -> list[Release]:
    """Know of no release: how long it is supported hangs on the machine."""
    del name, version, known
    return []


def _exactly(known: _Known, cycle: str) -> list[Release]:
    return [known[cycle]] if cycle in known else []


def _number(name: str, version: str) -> tuple[str, str | None] | None:
    """Find a version's first two numbers: in the name, or else in the version."""
    found = _NUMBER.search(name)
    if found is None and _OWN_NUMBER.fullmatch(version):
        found = _NUMBER.match(version)
    return (found[1], found[2]) if found else None


def _has(*words: str) -> Callable[[str], bool]:
    return lambda name: any(word in name for word in words)


def _is_client(name: str) -> bool:
    return "windows" in name and "embedded" not in name and "iot core" not in name


_RULES: tuple[
    tuple[str, Callable[[str], bool], Callable[[str, str, _Known], list[Release]]], ...
] = (
    ("windows-server", lambda name: bool(_SERVER.search(name)), _server),
    ("windows", _is_client, _client),
    ("ipados", _has("ipados", "ipad os"), _whole),
    ("macos", lambda name: bool(_MAC.search(name)), _mac),
    ("ios", lambda name: name.split()[:1] == ["ios"] or "iphone" in name, _whole),
    ("android", _has("android"), _android),
    ("chromeos", _has("chromeos", "chrome os"), _nothing),
    ("linuxmint", _has("linux mint", "linuxmint"), _parts),
    ("ubuntu", _has("ubuntu"), _parts),
    ("debian", _has("debian"), _whole),
    ("fedora", _has("fedora"), _whole),
)
"""The first that is meant is taken."""
