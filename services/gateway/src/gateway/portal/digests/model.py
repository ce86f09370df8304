"""When a week's post is due, and what it says; no I/O."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from gateway import days
from gateway.portal.custody.schemas import Custody
from gateway.portal.estate import model as words
from gateway.portal.estate.schemas import Estate, Health, SchoolEstate, Today
from gateway.portal.templates import formats

WRITTEN_AT = time(7, 0)
"""On Mondays, before school begins."""
MOST_SCHOOLS, MOST_LAS, MOST_POOR, MOST_ENDING, MOST_OWED = 10, 3, 10, 5, 5
_ENDS = {
    "warranty-ending": ("warranty", "warranties"),
    "support-ending": ("support contract", "support contracts"),
    "life-ending": ("expected life", "expected lives"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """Something that is looked up at `path`, and what is said of it."""

    name: str
    path: str
    said: str


@dataclass(frozen=True, slots=True)
class Listed:
    """Some things under a title; all of them are looked up at `path`, if it has one."""

    title: str
    lines: Sequence[Line]
    path: str = ""


@dataclass(frozen=True, slots=True)
class Owed:
    """How many things are to come back, and the first of them, by when."""

    number: int
    first: Sequence[Custody]


@dataclass(frozen=True, slots=True)
class Due:
    """What should be back by now, and what is due within a week."""

    overdue: Owed
    soon: Owed


@dataclass(frozen=True, slots=True)
class Part:
    """How the kit of a school or an LA stands, in sentences and lists."""

    name: str
    path: str
    sentences: Sequence[str]
    lists: Sequence[Listed]


def week_due(now: datetime) -> date:
    """Say the Monday of the week whose post is due; till seven it is the last one's."""
    local = now.astimezone(days.LONDON)
    monday = local.date() - timedelta(days=local.weekday())
    is_early = local.date() == monday and local.time() < WRITTEN_AT
    return monday - timedelta(days=7) if is_early else monday


def subject(parts: Sequence[Part]) -> str:
    first, *rest = parts
    more = f" and {len(rest)} more" if rest else ""
    return f"How kit stands at {first.name}{more}"


def of_school(urn: int, name: str, today: Today, due: Due) -> Part:
    root = f"/schools/{urn}"
    ending = [
        Line(
            each.tag,
            f"{root}/assets/{each.asset_id}",
            f"{each.manufacturer} {each.model}:"
            f" {words.ENDINGS.get(each.what, each.what).lower()}"
            f" until {formats.day(each.ends_on)}",
        )
        for each in today.runs_out[:MOST_ENDING]
    ]
    figures = today.figures
    said = [_health(today.health), _changed(today)]
    said.append(
        _listed(
            "Ending within 90 days",
            [
                formats.count(words.number_of(figures, concern), *names)
                for concern, names in _ENDS.items()
                if words.number_of(figures, concern)
            ],
        )
    )
    said.append(
        _listed(
            "Missing in the record",
            [
                f"{words.CONCERNS[concern].lower()}: {formats.number(number)}"
                for concern in (*words.MISSING, "unseen")
                if (number := words.number_of(figures, concern))
            ],
        )
    )
    if missed := words.number_of(figures, "missed"):
        said.append(f"{words.CONCERNS['missed']}: {formats.number(missed)}.")
    told = [sentence for sentence in said if sentence]
    lists = [Listed("The next to end", ending), *_owed(root, due)]
    return Part(name, f"{root}/today", told, lists)


def of_authority(
    la_code: str,
    name: str,
    estate: Estate,
    schools: Sequence[SchoolEstate],
    due: Due,
) -> Part:
    root = f"/authorities/{la_code}"
    judged = [each for each in schools if each.health.figure is not None]
    judged.sort(key=lambda each: (each.health.figure or 0, each.school_name))
    lowest = [
        Line(
            each.school_name,
            f"/schools/{each.school_urn}/estate",
            f"{_health(each.health)} {formats.number(each.past_life)} of"
            f" {formats.count(each.assets, 'asset')} past expected life.",
        )
        for each in judged[:MOST_POOR]
    ]
    kit = f"{formats.count(estate.figures.assets, 'asset')} in use."
    said = [kit, _health(estate.health)]
    lists = [Listed("The schools to look at first", lowest), *_owed(root, due)]
    return Part(name, f"{root}/estate", said, lists)


def _owed(root: str, due: Due) -> list[Listed]:
    """List who should have brought what back, and what is due within a week."""
    told = [
        ("Overdue", "overdue", due.overdue),
        ("Due back this week", "due-soon", due.soon),
    ]
    return [
        Listed(
            f"{title}, {formats.count(owed.number, 'thing')}",
            [_loan(each) for each in owed.first],
            f"{root}/custody?state={state}",
        )
        for title, state, owed in told
        if owed.number
    ]


def _loan(each: Custody) -> Line:
    """Say since when it is out; the name of a person stays out of the post.

    Post cannot be taken back where somebody's name is erased, and most are pupils.
    """
    since = formats.day(each.issued_at)
    due = f", due {formats.day(each.due_on)}" if each.due_on else ""
    who = "Out" if each.holder_kind == "person" else f"{each.holder_name} has it"
    return Line(
        each.tag or "Stands elsewhere",
        f"/schools/{each.school_urn}/assets/{each.asset_id}/custody",
        f"{who} since {since}{due}",
    )


def _health(health: Health) -> str:
    band = words.BANDS.get(health.band, formats.words(health.band))
    figure = "" if health.figure is None else f", {health.figure} of 100"
    return f"Estate health: {band.lower()}{figure}."


def _changed(today: Today) -> str:
    return _listed(
        "In the last 7 days",
        [
            f"{formats.number(number)} {text.lower()}"
            for fact, text in words.FACTS.items()
            if (number := getattr(today.changes, fact))
        ],
    )


def _listed(title: str, parts: Sequence[str]) -> str:
    return f"{title}: {', '.join(parts)}." if parts else ""
