"""Which establishments are schools that an LA supports, and of which phase.

The register lists every establishment there is. Taken are those that the state funds
and an LA answers for: maintained schools, academies and free schools, special schools,
pupil referral units and alternative provision, nursery schools and sixth forms.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

INDEPENDENT = "independent-school"
COLLEGE = "college-or-university"
CHILDRENS_CENTRE = "childrens-centre"
ABROAD = "not-in-england"
ELSEWHERE = "other-establishment"
NO_PHASE = "no-phase"


@dataclass(frozen=True, slots=True)
class Kind:
    """A school of a phase, or the reason why an establishment is left out.

    Neither is known where the register says no type and no phase: then what is stored
    of it decides.
    """

    phase: str | None = None
    left_out: str | None = None


PHASES: Mapping[str, str] = MappingProxyType(
    {
        "nursery": "nursery",
        "primary": "primary",
        "middle deemed primary": "middle-deemed-primary",
        "middle deemed secondary": "middle-deemed-secondary",
        "secondary": "secondary",
        "all-through": "all-through",
        "all through": "all-through",
        "16 plus": "16-plus",
    }
)
STATUSES: Mapping[str, str] = MappingProxyType(
    {
        "open": "open",
        "open, but proposed to close": "open-proposed-to-close",
        "proposed to open": "proposed-to-open",
        "closed": "closed",
    }
)

_BY_PHASE = (
    "community school",
    "voluntary aided school",
    "voluntary controlled school",
    "foundation school",
    "city technology college",
    "academy converter",
    "academy sponsor led",
    "free schools",
    "university technical college",
    "studio schools",
)
_OF_ONE_PHASE = {
    "special": (
        "community special school",
        "foundation special school",
        "academy special converter",
        "academy special sponsor led",
        "free schools special",
    ),
    "pru": ("pupil referral unit",),
    "ap": (
        "academy alternative provision converter",
        "academy alternative provision sponsor led",
        "free schools alternative provision",
    ),
    "nursery": ("local authority nursery school",),
    "16-plus": (
        "academy 16-19 converter",
        "academy 16 to 19 sponsor led",
        "free schools 16 to 19",
        "sixth form centres",
    ),
}
_LEFT_OUT = {
    INDEPENDENT: (
        "other independent school",
        "other independent special school",
        "non-maintained special school",
        "online provider",
    ),
    COLLEGE: (
        "further education",
        "higher education institutions",
        "special post 16 institution",
    ),
    CHILDRENS_CENTRE: ("children's centre", "children's centre linked site"),
    ABROAD: (
        "welsh establishment",
        "offshore schools",
        "service children's education",
        "british schools overseas",
    ),
    ELSEWHERE: (
        "secure units",
        "miscellaneous",
        "academy secure 16 to 19",
        "institution funded by other government department",
    ),
}
_TYPES: Mapping[str, Kind | None] = MappingProxyType(
    dict.fromkeys(_BY_PHASE)
    | {name: Kind(phase) for phase, names in _OF_ONE_PHASE.items() for name in names}
    | {name: Kind(None, why) for why, names in _LEFT_OUT.items() for name in names}
)


def is_known_type(establishment_type: str) -> bool:
    return establishment_type.casefold() in _TYPES


def kind_of(establishment_type: str | None, phase: str | None) -> Kind:
    """Judge by the type where the register tells it, else by the phase alone.

    A mainstream school without a phase is an infant, junior or new school whose phase
    the register has not filled: it is left out until it has.
    """
    by_type = _TYPES.get((establishment_type or "").casefold())
    if by_type is not None:
        return by_type
    return Kind(PHASES.get((phase or "").casefold()))
