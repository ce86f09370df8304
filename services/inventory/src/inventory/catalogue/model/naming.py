"""How makes and models that are written in many ways come to one name.

Two names are the same when their keys are: small letters and digits of what is left
after legal suffixes, the maker's own name before a model, and words that say nothing.
The rules only ever take away or put in order; what they cannot know (a product number
beside a name) an LA joins by hand.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from inventory.catalogue.model.makes import KNOWN

NOT_KNOWN = "Not known"
_MOST_REMEMBERED = 50_000
_LONGEST_MAKE = 4
"""Words: a known maker's name has no more."""

_MARKS = re.compile(r"[®™©℠]|\((?:r|tm|c)\)", re.IGNORECASE)
_SPACES = re.compile(r"\s+")
_NOT_KEY = re.compile(r"[\W_]+")
_LEGAL = re.compile(
    r"""[\s,]+(?:
        inc(?:orporated)? | corp(?:oration)? | co | company | ltd | limited | llc | llp
      | l\.?p | plc | gmbh(?:\s*&\s*co\.?\s*kg)? | ag | s\.?a | s\.?p\.?a | s\.?r\.?l
      | b\.?v | n\.?v | k\.?k | pty | oyj? | a/s | a\.?b | sas | sarl | kg
    )\.?$""",
    re.IGNORECASE | re.VERBOSE,
)
_NOTHING = frozenset(
    {
        *("", "unknown", "unknow", "none", "na", "notapplicable", "notavailable"),
        *("notspecified", "null", "nil", "undefined", "default", "defaultstring"),
        *("tobefilledbyoem", "oem", "systemmanufacturer", "systemproductname"),
        *("productname", "systemname", "notknown", "other", "generic"),
    }
)
_SCREEN = re.compile(
    r"\b\d{2}(?:\.\d)?[\s-]?(?:inch(?:es)?|in\b|\"|”)\s*", re.IGNORECASE
)
_SORT_OF_PC = re.compile(
    r"\s+(?:notebook|desktop|tablet|business|portable)?\s*pc$|\s+notebook$",
    re.IGNORECASE,
)
_PART_NUMBER = re.compile(r"[\s(\[]+[A-Z0-9]{5,8}#[A-Z0-9]{3}[)\]]?$", re.IGNORECASE)
_ORDINAL = re.compile(r"\b(\d{1,2})[snrt][tdh]\s+gen(?:eration)?\b", re.IGNORECASE)
_GENERATION = re.compile(r"\bgen(?:eration)?\.?\s*(\d{1,2})\b", re.IGNORECASE)
_PRODUCT_NUMBER = re.compile(r"\b(\d{2}[A-Z0-9]{2})[A-Z0-9]{3}[A-Z0-9]{3}\b")
_MACHINE_TYPE = re.compile(
    r"\s+[(\[]?(?:type\s+)?\d{2}(?:[A-Z][A-Z0-9]|[0-9][A-Z])[)\]]?$"
)
_CODES = re.compile(r"^(.*?)\s*\(([^()]*)\)$")
_BETWEEN_CODES = re.compile(r"\s*[,/]\s*")
_MOST_CODES = 20


@dataclass(frozen=True, slots=True)
class Named:
    """A name, and the key that all ways of writing it have in common."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Words:
    """A make and a model, as the rules name them."""

    make: Named
    model: Named

    @property
    def key(self) -> tuple[str, str]:
        return self.make.key, self.model.key


@lru_cache(_MOST_REMEMBERED)
def named(manufacturer: str, model: str) -> Words:
    """Name what is written of a piece of kit.

    Where no make is written, or a shop's in place of one, a known maker at the front
    of the model is the make.
    """
    make = make_of(manufacturer)
    first = _maker_in_front(model)
    if not make.key and first is not None:
        make = first
    return Words(make, model_of(make, model))


@lru_cache(_MOST_REMEMBERED)
def make_of(text: str) -> Named:
    """Name a maker: "Hewlett-Packard Company" and "HP Inc." are both HP."""
    name = cleaned(text)
    while (shorter := _LEGAL.sub("", name).rstrip(" ,.")) != name and shorter:
        name = shorter
    key = key_of(name)
    if key in _NOTHING:
        return Named("", NOT_KNOWN)
    if key in KNOWN:
        known = KNOWN[key]
        return Named(key_of(known), known)
    return Named(key, name)


@lru_cache(_MOST_REMEMBERED)
def model_of(make: Named, text: str) -> Named:
    """Name a model of a make; what is named already keeps its name."""
    name = cleaned(text)
    while (shorter := _once(make, name)) != name:
        name = shorter
    if key_of(name) in _NOTHING:
        return Named("", NOT_KNOWN)
    return Named(key_of(_generations(name)), name)


def _once(make: Named, text: str) -> str:
    name = _PART_NUMBER.sub("", _without_maker(make, text))
    name = _shorter(_shorter(name, _SCREEN), _SORT_OF_PC)
    if make.name == "Lenovo":
        name = _without_product_number(name)
    return cleaned(name)


def keys_of_model(make: Named, text: str) -> list[str]:
    """Say under which keys a model of a list is found.

    A list such as Google's names several part codes in one line, as in
    "Chromebook 311 (C722, C722T)"; kit bears one of them, or none.
    """
    whole = model_of(make, text)
    found = _CODES.match(whole.name)
    if not found:
        return [whole.key]
    stem, codes = found[1], _BETWEEN_CODES.split(found[2].strip())[:_MOST_CODES]
    keys = [
        whole.key,
        *(model_of(make, f"{stem} {code}").key for code in codes if code),
    ]
    return list(dict.fromkeys(key for key in keys if key))


def key_of(name: str) -> str:
    """Take a name's case, accents, spaces and punctuation off."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    bare = "".join(each for each in plain if not unicodedata.combining(each))
    # What has neither letters nor digits of its own is still told apart.
    return _NOT_KEY.sub("", bare.replace("+", "plus"))


def cleaned(text: str) -> str:
    """Take the marks and surplus spaces off a text, and signs off its ends."""
    plain = unicodedata.normalize("NFKC", _MARKS.sub(" ", text))
    return _SPACES.sub(" ", plain).strip(" ,.;:-_")


def _maker_in_front(model: str) -> Named | None:
    words = cleaned(model).split(" ")
    for many in range(min(_LONGEST_MAKE, len(words) - 1), 0, -1):
        make = make_of(" ".join(words[:many]))
        if make.name in KNOWN.values():
            return make
    return None


def _without_maker(make: Named, name: str) -> str:
    """Take the maker off a model, as often as it stands there, but leave a model."""
    words = name.split(" ")
    at = 0
    while at < len(words) - 1:
        step = next(
            (
                many
                for many in range(min(_LONGEST_MAKE, len(words) - 1 - at), 0, -1)
                if make.key and make_of(" ".join(words[at : at + many])).key == make.key
            ),
            0,
        )
        if not step:
            break
        at += step
    return " ".join(words[at:])


def _shorter(name: str, what: re.Pattern[str]) -> str:
    """Take words away where a model of its own is left: one with a figure in it."""
    left = _SPACES.sub(" ", what.sub(" ", name)).strip()
    return left if any(each.isdigit() for each in left) else name


def _without_product_number(name: str) -> str:
    """Leave the name that stands beside a Lenovo product number, or its machine type.

    The first four characters of "20R3000UUK" are the machine type; the others say how
    it was fitted out, and for which country.
    """
    found = _PRODUCT_NUMBER.search(name)
    if found is None or found[0].isdigit() or found[0].isalpha():
        left = _MACHINE_TYPE.sub("", name).strip()
        return left if any(each.isdigit() for each in left) else name
    left = f"{name[: found.start()]} {name[found.end() :]}".strip(" ()[],-")
    return _SPACES.sub(" ", left) if key_of(left) else f"Machine type {found[1]}"


def _generations(name: str) -> str:
    """Write "2nd Gen" and "2nd Generation" as "Gen 2" is written."""
    return _GENERATION.sub(r"gen \1", _ORDINAL.sub(r"gen \1", name))
