"""What a school of some size and phase owns, room by room, bought in waves."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from local_stack.county import titles
from local_stack.county.dice import Dice
from local_stack.county.model import AS_OF, Asset, School

_SERIAL = "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789"
_OLDER = {"Secondary", "All-through", "16 plus"}
_SMALL_CLASSES = {"Special", "PRU", "AP"}
# Category: the years after which it should be replaced.
LIVES = {
    "laptop": 4,
    "chromebook": 5,
    "desktop": 5,
    "tablet": 4,
    "server": 4,
    "network": 7,
    "wireless": 6,
    "printer": 5,
    "audio-visual": 7,
    "scanner": 6,
    "camera": 6,
    "peripheral": 6,
}
_SUBJECTS = (
    *("English", "Maths", "Science", "Geography", "History", "Art", "Music"),
    *("Languages", "Design", "Drama", "Business", "Food"),
)


@dataclass(frozen=True, slots=True)
class _Set:
    """Kit of one kind that was bought together for a room."""

    category: str
    room: str
    count: int


def make_assets(seed: str, school: School) -> list[Asset]:
    """Return a school's kit; every running school has some."""
    dice = Dice(seed, "kit", school.urn)
    found: list[Asset] = []
    for wave in _rooms(dice, school):
        # What one buys together is of one make and age.
        bought = _bought(dice, wave.category)
        make, model = _model(dice, wave.category, bought.year)
        category = "laptop" if wave.category == "chromebook" else wave.category
        for _ in range(wave.count):
            number = len(found) + 1
            status = dice.weighted(_STANDINGS)
            found.append(
                Asset(
                    school_urn=school.urn,
                    tag=f"{_initials(school.name)}-{number:04}",
                    category=category,
                    manufacturer=make,
                    model=model,
                    serial=_serial(dice),
                    room=_where(status, wave.room),
                    status=status,
                    purchased_on=bought if dice.happens(975) else None,
                    software=titles.software(
                        *(dice, category, model, bought.year),
                        secondary=school.phase in _OLDER,
                    ),
                )
            )
    return found


def _rooms(dice: Dice, school: School) -> Iterator[_Set]:
    """Say which rooms there are, and what is in each."""
    pupils = school.pupils or 0
    older = school.phase in _OLDER
    size = 8 if school.phase in _SMALL_CLASSES else 27
    classes = max(2, (pupils + size - 1) // size)
    yield _Set("server", "Server room", 1 + (pupils > 900))  # noqa: PLR2004 - pupils
    yield _Set("network", "Server room", 1 + pupils // 320)
    yield _Set("desktop", "School office", 1 + pupils // 260)
    yield _Set("printer", "School office", 1)
    yield _Set("wireless", "Corridors", 1 + classes // 5)
    if pupils > 150:  # noqa: PLR2004 - pupils
        yield _Set("printer", "Staff room", 1 + pupils // 500)
        yield _Set("audio-visual", "Hall", 1)
    rooms = list(_classrooms(classes, older=older))
    for first in range(0, len(rooms), 5):
        # Boards and teachers' laptops are renewed a corridor at a time.
        for category, share in (("audio-visual", 470), ("laptop", 520)):
            bought = [room for room in rooms[first : first + 5] if dice.happens(share)]
            yield from (_Set(category, room, 1) for room in bought)
    yield from _shared(dice, school, older=older)
    yield from _oddments(dice)


def _shared(dice: Dice, school: School, *, older: bool) -> Iterator[_Set]:
    pupils = school.pupils or 0
    if older:
        for suite in range(1, 2 + pupils // 600):
            yield _Set("desktop", f"ICT {suite}", dice.between(15, 24))
        yield _Set("desktop", "Library", dice.between(4, 10))
        for trolley in range(1, 2 + pupils // 500):
            kind = dice.weighted((("chromebook", 3), ("laptop", 2)))
            yield _Set(kind, f"Laptop trolley {trolley}", dice.between(9, 16))
        return
    for trolley in range(1, 2 + pupils // 260):
        kind = dice.weighted((("tablet", 5), ("chromebook", 4), ("laptop", 2)))
        count = dice.between(5, 8) if pupils < 120 else dice.between(6, 12)  # noqa: PLR2004 - pupils
        yield _Set(kind, f"Trolley {trolley}", count)
    if pupils > 380 and dice.happens(600):  # noqa: PLR2004 - pupils
        yield _Set("desktop", "ICT suite", dice.between(12, 18))


def _oddments(dice: Dice) -> Iterator[_Set]:
    for category, room, per_mille in (
        ("scanner", "School office", 350),
        ("camera", "Media store", 220),
        ("peripheral", "Media store", 300),
    ):
        if dice.happens(per_mille):
            yield _Set(category, room, dice.between(1, 3))


def _classrooms(classes: int, *, older: bool) -> Iterator[str]:
    for number in range(classes):
        if older:
            at, floor = number % len(_SUBJECTS), number // len(_SUBJECTS)
            yield f"{_SUBJECTS[at]} {floor + 1}"
        else:
            yield f"Classroom {number + 1}"


def _bought(dice: Dice, category: str) -> date:
    """Return when: in summer or at the year's end; a fifth is past its life."""
    life = LIVES[category]
    years = dice.below(life) if dice.happens(790) else life + dice.below(4)
    month = dice.weighted(((8, 5), (7, 2), (3, 3), (1, 1)))
    year = AS_OF.year - years
    return date(year, month, dice.between(1, 28))


def _model(dice: Dice, category: str, year: int) -> tuple[str, str]:
    fitting = [
        (make, model)
        for make, model, first, last in titles.MODELS[category]
        if first <= year <= last
    ]
    if fitting:
        return dice.pick(fitting)
    make, model, _, _ = titles.MODELS[category][0]
    return make, model


_STANDINGS = (("in-use", 922), ("in-store", 26), ("in-repair", 17), ("retired", 35))


def _where(status: str, room: str) -> str | None:
    return {"in-store": "ICT store", "retired": None}.get(status, room)


def _serial(dice: Dice) -> str:
    return "".join(dice.pick(_SERIAL) for _ in range(9))


def _initials(name: str) -> str:
    words = name.replace("-", " ").split()
    return "".join(word[0] for word in words if word[0].isalpha()).upper()
