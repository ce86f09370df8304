"""Reading a file of the register: any order, either alphabet, faults by their place."""

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis import errors
from chassis.files.records import FileUnreadable
from gateway.register.model import england, reading
from tests.gateway.register.files import row, text

NAMES = st.text(
    st.characters(codec="cp1252", exclude_categories=("Cc", "Cs")), min_size=1
).filter(lambda name: name.strip() and len(name) < 100)


@given(NAMES, st.permutations(list(row())))
def test_columns_are_found_by_name_in_any_order(name: str, order: list[str]) -> None:
    values = row(name=name)
    content = text({title: values[title] for title in order})

    (found,) = reading.read(content).rows

    assert (found.urn, found.la_code, found.phase) == (140001, "928", "primary")
    assert found.values["laestab"] == "9282001"


@pytest.mark.parametrize(
    "encode",
    [
        lambda t: t.encode("cp1252"),
        lambda t: t.encode("utf-8"),
        lambda t: t.encode("utf-8-sig"),
        lambda t: gzip.compress(t.encode("cp1252")),
    ],
    ids=["windows", "utf-8", "with a mark", "compressed"],
)
def test_either_alphabet_is_read(encode: object) -> None:
    content = encode(text(row(name="Zoë\u2019s School")).decode("cp1252"))  # type: ignore[operator]

    assert reading.read(content).rows[0].values["name"] == "Zoë\u2019s School"


def test_an_apostrophe_that_the_register_spoilt_is_mended() -> None:
    content = text(row(name="St Mary's")).replace(b"'", "\x92".encode())

    assert reading.read(content).rows[0].values["name"] == "St Mary\u2019s"


def test_the_spellings_of_data_sets_are_read() -> None:
    content = (
        b"urn,name,local_authority_name,phase_of_education,gender,status\n"
        b"140001,Ash,Pre-LGR 2021 Northamptonshire,Primary,Mixed,Open\n"
    )

    (found,) = reading.read(content).rows

    assert found.la_code == "928"
    assert "pupils" not in found.values


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"  \n", "empty"),
        (b"PK\x03\x04zip", "spreadsheet"),
        (b"%PDF-1.7", "PDF"),
        (b"<html></html>", "web page"),
        (b'{"a": 1}', "JSON"),
        (b"\x1f\x8bbroken", "damaged"),
        (b"a\x00b", "not text"),
        (b"name,colour\nAsh,red\n", "no column URN; LA (code) or LA (name)"),
        (text(row()).splitlines()[0], "no rows"),
        (b"URN,urn,LA (code)\n", "two columns"),
    ],
    ids=range(11),
)
def test_the_wrong_file_is_named_for_what_it_is(content: bytes, said: str) -> None:
    with pytest.raises(FileUnreadable) as refused:
        reading.read(content)

    assert said in refused.value.detail


@pytest.mark.parametrize(
    ("change", "column", "said"),
    [
        ({"urn": 12}, "URN", "between"),
        ({"la": "999"}, "LA (code)", "no code"),
        ({"name": ""}, "EstablishmentName", "empty"),
        ({"name": "a\x07b"}, "EstablishmentName", "character"),
        ({"status": "Sleeping"}, "EstablishmentStatus (name)", "statuses"),
        ({"kind": "Castle"}, "TypeOfEstablishment (name)", "no type"),
        ({"pupils": "many"}, "NumberOfPupils", "no whole number"),
        ({"pupils": "9" * 5000}, "NumberOfPupils", "between"),
        ({"number": "20010"}, "EstablishmentNumber", "between"),
    ],
    ids=range(9),
)
def test_a_broken_row_is_told_by_line_and_column_and_the_others_go_on(
    change: dict[str, object], column: str, said: str
) -> None:
    content = text(row(140001), row(**({"urn": 140002} | change)), row(140003))  # type: ignore[arg-type]

    found = reading.read(content)

    assert [r.urn for r in found.rows] == [140001, 140003]
    ((line, title, detail),) = [(f.line, f.column, f.detail) for f in found.faults]
    assert (line, title) == (3, column)
    assert said in detail


def test_ragged_and_unclosed_rows_spoil_no_other() -> None:
    lines = text(*(row(140001 + n) for n in range(5))).splitlines()
    lines[2] += b",more"
    lines[3] = b'"' + lines[3]
    lines[4] = lines[4].rpartition(b",")[0]

    found = reading.read(b"\r\n".join(lines))

    assert [r.urn for r in found.rows] == [140001, 140005]
    assert [fault.line for fault in found.faults] == [3, 4, 5]


def test_a_name_over_two_lines_keeps_the_count_of_lines() -> None:
    content = text(row(140001, kind="Academy\nconverter"), row(12))

    assert [fault.line for fault in reading.read(content).faults] == [2, 4]


def test_the_same_urn_twice_is_a_fault() -> None:
    found = reading.read(text(row(), row()))

    assert [(f.line, f.detail) for f in found.faults] == [
        (3, "stands on line 2 already")
    ]


@pytest.mark.parametrize(
    ("kind", "phase", "taken", "reason"),
    [
        ("Community school", "Primary", "primary", None),
        ("Pupil referral unit", "Not applicable", "pru", None),
        ("Free schools alternative provision", "Secondary", "ap", None),
        ("Academy special converter", "Not applicable", "special", None),
        ("Local authority nursery school", "Nursery", "nursery", None),
        ("Other independent school", "Not applicable", None, "independent-school"),
        ("Children's centre", "Not applicable", None, "childrens-centre"),
        ("Welsh establishment", "Primary", None, "not-in-england"),
    ],
)
def test_a_school_is_judged_by_its_type_then_its_phase(
    kind: str, phase: str, taken: str | None, reason: str | None
) -> None:
    found = reading.read(text(row(kind=kind, phase=phase), row(140009)))

    assert [r.phase for r in found.rows if r.urn == 140001] == [taken] * bool(taken)
    assert dict(found.left_out) == ({reason: 1} if reason else {})


def test_nothing_of_a_head_teacher_or_telephone_is_kept() -> None:
    secret = {
        "HeadFirstName": "Quintessa",
        "HeadLastName": "Featherstone",
        "TelephoneNum": "01632 960983",
    }
    content = text(row() | secret, row(12) | secret)

    said = repr(reading.read(content))

    assert not any(value in said for value in secret.values())


def test_a_bomb_is_not_unpacked() -> None:
    with pytest.raises((errors.TooLarge, FileUnreadable)):
        reading.read(gzip.compress(b" " * (600 << 20), compresslevel=9))


def test_every_region_and_reorganisation_is_whole() -> None:
    assert len(england.REGIONS) == 9
    assert sum(not la.to_year for la in england.AUTHORITIES.values()) == 153
    for ended in (la for la in england.AUTHORITIES.values() if la.to_year):
        assert ended.successors
        for code in ended.successors:
            assert england.AUTHORITIES[code].from_year == ended.to_year


@pytest.mark.parametrize("content", [b"x", b"Dear all,\nthe register is late.\n"])
def test_prose_is_no_register(content: bytes) -> None:
    with pytest.raises(FileUnreadable):
        reading.read(content)
