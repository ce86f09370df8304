"""A few tickets for each school, in the words of those who open them."""

from random import Random

from local_stack.county.model import Asset, School, Ticket

# Category of the asset it is about or None, kind, summary, description.
CASES: tuple[tuple[str | None, str, str, str], ...] = (
    ("laptop", "incident", "Laptop will not charge", "Light stays off on both leads."),
    ("laptop", "incident", "Keys missing", "Three keys are off after the lesson."),
    ("desktop", "incident", "Very slow to log on", "Takes ten minutes each morning."),
    ("printer", "incident", "Paper jam", "Jams in tray 2 with every job."),
    ("printer", "request", "Toner is nearly out", "Needed before reports go home."),
    (
        "audio-visual",
        "incident",
        "Board does not react",
        "Touch fails, picture is fine.",
    ),
    ("tablet", "request", "Install a phonics app", "For year 1, on all class tablets."),
    (
        "wireless",
        "incident",
        "No wireless in the hall",
        "Assembly could not show video.",
    ),
    ("server", "incident", "Back-up failed again", "The report is red two nights now."),
    (None, "request", "Account for a new teacher", "Starts on Monday in year 4."),
    (None, "incident", "A site is blocked", "The geography site asks for a password."),
    (None, "request", "Move the ICT suite's chairs", "Ahead of the open evening."),
)
LEVELS = ("low", "medium", "high")


def make_tickets(
    seed: str, school: School, assets: tuple[Asset, ...]
) -> tuple[Ticket, ...]:
    """Return between one and six tickets of a school."""
    rng = Random(f"{seed}/desk/{school.urn}")  # noqa: S311 - a generator of examples
    cases = rng.sample(CASES, k=rng.randint(1, 6))
    return tuple(
        _ticket(rng, school, assets, number, case)
        for number, case in enumerate(cases, start=1)
    )


def _ticket(
    rng: Random,
    school: School,
    assets: tuple[Asset, ...],
    number: int,
    case: tuple[str | None, str, str, str],
) -> Ticket:
    category, kind, summary, description = case
    tags = [asset.tag for asset in assets if asset.category == category]
    return Ticket(
        school_urn=school.urn,
        kind=kind,
        summary=summary,
        description=description,
        impact=rng.choices(LEVELS, weights=(5, 3, 1))[0],
        urgency=rng.choices(LEVELS, weights=(4, 4, 1))[0],
        asset_tag=rng.choice(tags) if tags else None,
        number=number,
    )
