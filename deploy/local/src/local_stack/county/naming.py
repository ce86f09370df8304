"""Names of schools, trusts, streets and people: plausible, and nobody's."""

from local_stack.county.dice import Dice
from local_stack.county.model import Place

_SAINTS = ("St Oswin", "St Etheldra", "St Kenelm", "St Wystan", "St Frideswell")
_CATHOLIC = ("Our Lady of the Vale", "St Philomena", "Blessed Alban Roe")
_FEATURES = (
    *("Abbot's Ley", "Alder Bridge", "Barrow Hill", "Beacon Rise", "Birch Holt"),
    *("Bramble Cross", "Broad Oak", "Castle Mead", "Chalk Pit Lane", "Copper Beech"),
    *("Crane Water", "Daisy Bank", "Eastfield", "Elm Row", "Fairlight", "Foxholes"),
    *("Gallows Green", "Greenway", "Hawthorn Rise", "Hazel Copse", "Holly Lodge"),
    *("Kingfisher", "Lark Hill", "Linden Park", "Long Meadow", "Maple Grove"),
    *("Mill Lane", "Northgate", "Orchard Vale", "Otter Ford", "Priory Lane"),
    *("Quarry Bank", "Riverside", "Rowan Hall", "Salters Way", "Skylark"),
    *("Stonepit", "The Avenue", "Thorn Road", "Tithe Barn", "Westhill", "Willow Bank"),
)
_ENDINGS = {
    "All-through": "All-through Academy",
    "Middle deemed primary": "Middle School",
    "Middle deemed secondary": "Middle School",
    "16 plus": "Sixth Form College",
    "Nursery": "Nursery School",
    "Special": "Special School",
    "PRU": "Pupil Referral Unit",
    "AP": "Alternative Provision Academy",
}
_TRUSTS = (
    *("Larkrise Learning Trust", "Harland Schools Partnership", "Wyme Valley Trust"),
    *("The Tithe Barn Academies", "Orrell Education Trust", "Five Oaks Trust"),
    *("Quarrendon Learning Federation", "Beacon Shires Trust", "Kestrel Academies"),
    *("The Heartwood Trust", "Diocese of Harland Academies", "Ducewood Trust"),
)
_SPECIAL = ("Fernleigh", "Wrenfield", "Sycamore", "The Orchard", "Harebell", "Redwing")


class Namer:
    """Gives each school a name that no other has."""

    def __init__(self, seed: str) -> None:
        self._features = Dice(seed, "names").shuffled(_FEATURES)
        self._given: set[str] = set()

    def name(
        self, dice: Dice, phase: str, place: Place, kind: str, religion: str | None
    ) -> str:
        """Return a new name."""
        first = _first(dice, phase, place, religion)
        ending = _ending(phase, kind, religion)
        name = f"{place.name} {first}{ending}" if first else f"{place.name} {ending}"
        while name in self._given:
            name = f"{place.name} {dice.pick(self._features)} {ending}"
        self._given.add(name)
        return name


def _first(dice: Dice, phase: str, place: Place, religion: str | None) -> str:
    if phase in {"Special", "PRU", "AP"}:
        return f"{dice.pick(_SPECIAL)} "
    if religion == "Roman Catholic":
        return f"{dice.pick(_CATHOLIC)} "
    if religion is not None and place.is_town:
        return f"{dice.pick(_SAINTS)} "
    return f"{dice.pick(_FEATURES)} " if place.is_town else ""


def _ending(phase: str, kind: str, religion: str | None) -> str:
    faith = f"{religion} " if religion else ""
    academy = "cademy" in kind or kind.startswith("Free")
    if phase == "Primary":
        return f"{faith}Primary {'Academy' if academy else 'School'}"
    if phase == "Secondary":
        return f"{faith}{'Academy' if academy else 'School'}"
    return _ENDINGS[phase]


def religion(dice: Dice, kind: str) -> str | None:
    """Return the character of a school that was founded by a church."""
    if kind == "Voluntary controlled school":
        return "Church of England"
    if kind == "Voluntary aided school":
        return dice.weighted((("Church of England", 5), ("Roman Catholic", 4)))
    if kind == "Academy converter" and dice.happens(240):
        return dice.weighted((("Church of England", 3), ("Roman Catholic", 1)))
    return None


def trusts() -> tuple[str, ...]:
    """Return the names of the trusts."""
    return _TRUSTS


def postcode(dice: Dice, place: Place) -> str:
    """Return a postcode of an area that the post does not have."""
    letters = "ABDEFGHJLNPQRSTUWXYZ"
    area = 1 + sum(map(ord, place.name)) % 19
    inward = dice.pick(letters) + dice.pick(letters)
    return f"ZX{area} {dice.between(1, 9)}{inward}"
