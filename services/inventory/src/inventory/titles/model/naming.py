"""How titles of software that are reported in many ways come to one name.

A report says "7-Zip 19.00 (x64)" by "Igor Pavlov" in version "19.00.00.0"; another says
"7-zip 21.07". Both are 7-Zip. What is taken off the end of a name: its version, for
which processor it was made, and in which language. What an installer calls an update
of something else is no title of its own and is told apart.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from inventory.catalogue.model import naming as makes
from inventory.catalogue.model.naming import Named

Kind = Literal["application", "update"]
_MOST_REMEMBERED = 50_000
_LONGEST = 160
_PUBLISHERS = {
    "adobe": "Adobe",
    "adobesystems": "Adobe",
    "hpdevelopment": "HP",
    "mozilla": "Mozilla",
    "mozillafoundation": "Mozilla",
    "oracle": "Oracle",
    "oracleamerica": "Oracle",
    "sunmicrosystems": "Oracle",
    "thedocumentfoundation": "The Document Foundation",
    "videolan": "VideoLAN",
    "videolanteam": "VideoLAN",
}

_BITS = (
    r"(?:x64|x86|x86[_-]64|amd64|arm64|aarch64|i[36]86|noarch|win(?:32|64)"
    r"|(?:32|64)[\s-]?bits?)"
)
_TONGUE = r"(?:[a-z]{2}-[A-Za-z]{2}(?:-[a-z]+)?|[a-z]{2}_[A-Z]{2})"
_LETTERS = r"(?:ENU|ENG|FRA|DEU|ESN|ITA|NLD|PTB|CHS|CHT|JPN|KOR)"
# A hyphen alone joins a name: java-1.8.0-openjdk, qemu-system-x86.
_APART = r"(?:\s+-\s*|[\s,]+|\s*[(\[]\s*)"
_ENDS = [
    re.compile(pattern)
    for pattern in (
        # For which processor: "(x64)", "64-bit", "(64-bit edition)", ":amd64"
        rf"(?i)(?:{_APART}|:)[(\[]?{_BITS}(?:\s+edition|\s+version)?[)\]]?$",
        # In which language: "(en-GB)", "- en-us", "(x64 en-GB)", "- FRA", "(English)"
        rf"\s*[(\[]\s*(?:{_BITS}\s+)?{_TONGUE}\s*[)\]]$",
        rf"\s+-\s+(?:{_TONGUE}|{_LETTERS})$",
        r"(?i)\s*[(\[](?:british |us |uk )?(?:english|welsh)[)\]]$",
        r"(?i)\s+-\s+english(?: \(\w+\))?$",
        # In which version: "19.00", "v2.3", "- 14.34.31931", "version 7", "Update 361"
        (
            rf"(?i){_APART}[(\[]?(?:v|ver\.?|version|release|build)?\s?"
            r"\d+(?:\.\d+)+[\w.+~-]*[)\]]?$"
        ),
        (
            rf"(?i){_APART}[(\[]?"
            r"(?:v|ver\.?\s?|version\s|release\s|build\s|update\s|rev\.?\s?)\d+[)\]]?$"
        ),
        r"(?i)\s+[(\[](?:remove only|(?:only )?current user|machine-wide)[)\]]$",
    )
]
_UPDATE = re.compile(
    r"""^(?:(?:security|cumulative|critical|feature|definition|servicing\sstack)\s)*
        (?:update|hotfix|service\spack\s\d+|rollup|mise\sà\sjour\b.*|correctif)\s
        (?:rollup\s)?(?:for|pour|of|de)\b
      | \bKB\d{6,7}\b | ^hotfix\b""",
    re.IGNORECASE | re.VERBOSE,
)
_COPYRIGHT = re.compile(r"(?:(?:copyright|\(c\)|©)\s*)+", re.IGNORECASE)
_YEARS = re.compile(
    r"^(?:\d{4}(?:\s*[-\u2013,]\s*(?:\d{4}|present))*[\s,]*)?(?:by\s)?", re.IGNORECASE
)
_RESERVED = re.compile(r"[\s.,]*all rights reserved.*$", re.IGNORECASE)
_ADDRESS = re.compile(r"\s*<[^<>]*>")
_EPOCH = re.compile(r"^\d{1,2}:(?=\d)")
_OF_DISTRIBUTION = re.compile(
    r"\.(?:fc|el|amzn|mga|suse)\d+(?:[._][\w.]*)?$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Title:
    """A title as the rules name it. `release` is empty where no version is known."""

    publisher: Named
    name: Named
    release: str
    kind: Kind


@lru_cache(_MOST_REMEMBERED)
def named(publisher: str, name: str, version: str) -> Title:
    """Name what a device reports."""
    clean = makes.cleaned(name)
    is_update = _UPDATE.search(clean) is not None
    whole = _bare(clean) if not is_update else _without(clean, _ENDS[:1])
    key = makes.key_of(whole)
    if not key:
        # Nothing but signs: the name stays as it came.
        whole, key = name[:_LONGEST], name[:_LONGEST]
    return Title(
        publisher_of(publisher),
        Named(key, whole),
        release_of(version) or _release_in(clean, whole),
        "update" if is_update else "application",
    )


@lru_cache(_MOST_REMEMBERED)
def publisher_of(text: str) -> Named:
    """Name a publisher, and whoever has the copyright where a sentence says it."""
    plain = _ADDRESS.sub("", text)
    *_, holder = _COPYRIGHT.split(plain)
    if holder != plain:
        plain = _RESERVED.sub("", _YEARS.sub("", holder.strip()))
    found = makes.make_of(plain)
    known = _PUBLISHERS.get(found.key)
    return Named(makes.key_of(known), known) if known else found


def release_of(version: str) -> str:
    """Say a version without the marks of a distribution or a package."""
    plain = makes.cleaned(version)
    plain = _OF_DISTRIBUTION.sub("", _EPOCH.sub("", plain))
    return plain.removeprefix("v").removeprefix("V") if plain[1:2].isdigit() else plain


def _bare(name: str) -> str:
    """Take all ends off a name."""
    return _without(name, _ENDS)


def _without(name: str, ends: list[re.Pattern[str]]) -> str:
    """Take ends off a name for as long as two letters of it are left."""
    changed = True
    while changed:
        changed = False
        for end in ends:
            left = end.sub("", name).rstrip(" ,.;:-\u2013(")
            if left != name and sum(each.isalpha() for each in left) > 1:
                name, changed = left, True
    return name


def _release_in(name: str, whole: str) -> str:
    """Find the version in what was taken off a name."""
    found = re.search(r"\d+(?:\.\d+)+[\w.+~-]*", name[len(whole) :])
    return found[0] if found else ""


def columns(publisher: str, name: str, version: str) -> dict[str, str]:
    """Say how a title is kept beside what was reported."""
    found = named(publisher, name, version)
    return {
        "maker": found.publisher.name,
        "maker_key": found.publisher.key,
        "title": found.name.name,
        "title_key": found.name.key,
        "release": found.release,
        "title_kind": found.kind,
    }
