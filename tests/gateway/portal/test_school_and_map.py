"""What a school is and where it stands, in words and on the map."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from gateway.directory.model import School, SchoolHistory, SchoolLink
from gateway.portal.comparison.model import SchoolFigures
from gateway.portal.map import model as maps
from gateway.portal.school import model

ABBEY = School(
    school_id=uuid4(),
    urn=140001,
    laestab="9402001",
    ukprn=None,
    la_code="940",
    la_name="North",
    region_code="E12000004",
    name="Abbey",
    phase="primary",
    status="open",
    pupils=105,
    free_school_meals_percent=None,
    postcode="NN1 1AA",
    version=1,
    establishment_type="Community school",
    district="Daventry",
    ward=None,
    town="Badby",
    easting=475_600,
    northing=260_500,
    capacity=210,
    low_age=4,
    high_age=11,
    gender=None,
    religious_character=None,
    trust=None,
    federation=None,
    opened_on=None,
    closed_on=None,
)


def other(urn: int, easting: int | None, **changes: object) -> School:
    made = replace(ABBEY, school_id=uuid4(), urn=urn, name=f"S{urn}", easting=easting)
    return replace(made, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("easting", "northing", "written"),
    [
        (475_600, 260_500, "SP 756 605"),  # Northampton
        (530_000, 180_000, "TQ 300 800"),  # London
        (216_600, 771_200, "NN 166 712"),  # Ben Nevis
        (429_157, 623_009, "NU 291 230"),  # the tutorial's corner of Northumberland
        (0, 0, "SV 000 000"),
    ],
)
def test_a_place_is_written_as_the_ordnance_survey_does(
    easting: int, northing: int, written: str
) -> None:
    assert model.grid_reference(easting, northing) == written


def test_what_the_register_does_not_say_is_left_out() -> None:
    identity, size = model.facts_of_identity(ABBEY), model.facts_of_size(ABBEY)

    assert identity["Ages"] == "4 to 11"
    assert {"UKPRN", "Gender", "Closed"} & identity.keys() == set()
    assert size == {"Pupils": "105", "Capacity": "210", "Full": "50%"}
    assert model.facts_of_size(replace(ABBEY, capacity=0, pupils=None)) == {
        "Capacity": "0"
    }


def test_a_closed_school_names_what_it_went_on_as() -> None:
    links = [
        SchoolLink(140001, 150009, "successor", "merger", date(2024, 9, 1), None),
        SchoolLink(140001, 130009, "predecessor", "merger", None, "Old"),
    ]

    assert model.successors(SchoolHistory([], [], links)) == links[:1]


def test_a_map_of_one_school_alone_is_none() -> None:
    assert model.small_map(ABBEY, [ABBEY]) is None
    assert model.small_map(ABBEY, [ABBEY, other(140002, None)]) is None
    found = model.small_map(ABBEY, [ABBEY, other(140002, 480_000)])

    assert found is not None
    assert [dot.group for dot in found.dots] == [model.OTHERS, model.THIS]


def test_schools_are_told_apart_by_stage_or_by_quarter() -> None:
    schools = [ABBEY, other(140002, 480_000, phase="pru")]
    figures = {
        140001: SchoolFigures(
            140001,
            "Abbey",
            "primary",
            pupils_per_device=2.5,
            quartiles={"pupils_per_device": 4},
        )
    }
    by_phase = maps.placed(schools, figures, maps.PHASE)
    by_quarter = maps.placed(schools, figures, "pupils_per_device")

    assert [each.group for each in by_phase] == ["Primary", maps.OTHER_STAGE]
    assert [each.group for each in by_quarter] == ["Highest quarter", maps.NO_FIGURE]
    assert by_quarter[0].figure == 2.5


def test_the_map_says_how_many_are_what_and_who_has_no_place() -> None:
    nowhere = other(140003, None)
    far = other(140004, 490_000, district="Corby")
    schools = [ABBEY, other(140002, 480_000), nowhere, far, replace(far, urn=140005)]
    found = maps.placed(schools, {}, maps.PHASE)
    drawn = maps.drawn("Schools of North", found, maps.PHASE)

    assert drawn is not None
    assert drawn.groups == ["Primary"]
    assert "4 schools as dots" in drawn.text
    assert [name.text for name in drawn.names] == ["Corby", "Daventry"]
    assert [each.school for each in maps.nowhere(found)] == [nowhere]
    assert (
        maps.drawn("Schools", maps.placed([nowhere], {}, maps.PHASE), maps.PHASE)
        is None
    )
