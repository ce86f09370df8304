"""What a school of some size owns: makes, models and ages as one finds them."""

from datetime import date, timedelta
from random import Random

from local_stack.county.model import AS_OF, Asset, School

# Category, share of a school's kit, oldest age in years, and (make, model) choices.
KIT: tuple[tuple[str, float, float, tuple[tuple[str, str], ...]], ...] = (
    (
        "laptop",
        0.34,
        7,
        (
            ("Lenovo", "100e Chromebook Gen 3"),
            ("Dell", "Latitude 3420"),
            ("HP", "ProBook 440 G9"),
            ("Acer", "TravelMate B3"),
        ),
    ),
    (
        "desktop",
        0.2,
        9,
        (
            ("Dell", "OptiPlex 3080"),
            ("HP", "ProDesk 400 G7"),
            ("Lenovo", "ThinkCentre M70q"),
            ("Stone", "Mini PC-1210"),
        ),
    ),
    ("tablet", 0.16, 6, (("Apple", "iPad 9th generation"), ("Samsung", "Tab A8"))),
    (
        "audio-visual",
        0.09,
        10,
        (
            ("Promethean", "ActivPanel 9"),
            ("SMART", "Board MX275"),
            ("Epson", "EB-685W"),
        ),
    ),
    ("printer", 0.05, 8, (("HP", "LaserJet M404dn"), ("Kyocera", "ECOSYS M5526cdn"))),
    ("wireless", 0.05, 7, (("Ruckus", "R550"), ("Ubiquiti", "U6 Pro"))),
    ("network", 0.04, 10, (("Aruba", "2930F 48G"), ("Cisco", "Catalyst 1000-24T"))),
    ("server", 0.02, 8, (("Dell", "PowerEdge T350"), ("HPE", "ProLiant ML110 Gen10"))),
    ("scanner", 0.02, 9, (("Fujitsu", "fi-7160"), ("Canon", "DR-C240"))),
    ("camera", 0.01, 8, (("Canon", "EOS 250D"), ("GoPro", "HERO9"))),
    ("peripheral", 0.02, 6, (("Logitech", "C920"), ("Dell", "P2422H"))),
)
SMALLEST_STOCK, LARGEST_STOCK = 15, 60
SERIAL_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789"


def make_assets(seed: str, school: School) -> tuple[Asset, ...]:
    """Return a school's kit; every school has a server, a switch and a printer."""
    rng = Random(f"{seed}/kit/{school.urn}")  # noqa: S311 - a generator of examples
    stock = SMALLEST_STOCK + school.pupils // rng.randint(18, 45)
    wanted = min(LARGEST_STOCK, stock)
    shares = [share for _, share, _, _ in KIT]
    must = [kind for kind in KIT if kind[0] in ("server", "network", "printer")]
    kinds = must + rng.choices(KIT, weights=shares, k=wanted - len(must))
    return tuple(
        _asset(rng, school, number, kind) for number, kind in enumerate(kinds, start=1)
    )


def _asset(
    rng: Random,
    school: School,
    number: int,
    kind: tuple[str, float, float, tuple[tuple[str, str], ...]],
) -> Asset:
    category, _, oldest, models = kind
    manufacturer, model = rng.choice(models)
    return Asset(
        school_urn=school.urn,
        tag=f"{_initials(school.name)}-{number:04}",
        category=category,
        manufacturer=manufacturer,
        model=model,
        serial="".join(rng.choices(SERIAL_LETTERS, k=9)),
        purchased_on=_purchased_on(rng, oldest).isoformat(),
    )


def _purchased_on(rng: Random, oldest: float) -> date:
    """Most kit is two to four years old; schools buy in summer and at year's end."""
    years = rng.triangular(0.1, oldest, oldest * 0.4)
    bought = AS_OF - timedelta(days=round(years * 365))
    return bought.replace(month=rng.choice((3, 7, 8)), year=bought.year - 1)


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.replace("-", " ").split()).upper()
