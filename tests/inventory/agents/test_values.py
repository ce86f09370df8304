"""Single values as agents write them: text, amounts, times, and what is no serial."""

from datetime import UTC, datetime

import pytest

from inventory.agents.model import placeholders, values


@pytest.mark.parametrize(
    "written",
    [
        *("To be filled by O.E.M.", "To Be Filled By O.E.M.", "TO BE FILLED BY OEM"),
        *("System Serial Number", "SystemSerialNumb", "Default string", "none", "N/A"),
        *("0123456789", "123456789", "1234567890", "0000000000", "1111111", "xxxxxxx"),
        *("Chassis Serial Number", "Not Specified", "0", "", "  ", "FFFFFFFF", "*"),
        *("INVALID", "Serial Number xxxxxx", "12345678901234567", "None", "--------"),
    ],
)
def test_what_many_devices_share_is_no_serial(written: str) -> None:
    assert values.serial(written) is None


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("640HP72", "640HP72"),
        (" CZJ1280RMQ      ", "CZJ1280RMQ"),
        ("VMware-56 4d a1 6b", "VMware-56 4d a1 6b"),
        ("486280", "486280"),
        ("PF3ABCDE\x00\x00", "PF3ABCDE"),
    ],
)
def test_a_serial_is_kept_as_it_is_written(written: str, read: str) -> None:
    assert values.serial(written) == read


@pytest.mark.parametrize(
    "written",
    [
        *("ffffffff-ffff-ffff-ffff-ffffffffffff", "Not Settable", "2", ""),
        *(
            "00000000-0000-0000-0000-000000000000",
            "4BDRGGFE-0046-4710-8047-B2C04F503732",
        ),
        "03000200-0400-0500-0006-000700080009",
    ],
)
def test_what_a_whole_batch_of_boards_has_is_no_uuid(written: str) -> None:
    assert values.uuid(written) is None


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("B8-6B-23-E0-5C-81", "b8:6b:23:e0:5c:81"),
        ("b86b23e05c81", "b8:6b:23:e0:5c:81"),
        ("00:00:00:00:00:00", None),
        ("ff:ff:ff:ff:ff:ff", None),
        ("d5:c9:gh:81:cf:80", None),
        ("b8:6b:23:e0:5c", None),
        (12, None),
    ],
)
def test_a_hardware_address_has_one_form(written: object, read: str | None) -> None:
    assert values.mac(written) == read


@pytest.mark.parametrize(
    ("mac", "is_card"),
    [
        ("b8:6b:23:e0:5c:81", True),
        ("00:50:56:c0:00:08", False),
        ("00:ff:3a:68:62:80", False),
        ("02:42:ac:11:00:02", False),
        ("0a:63:df:b8:00:2d", False),
        ("01:00:5e:00:00:fb", False),
        ("20:41:53:59:4e:ff", False),
    ],
)
def test_made_up_addresses_identify_no_card(mac: str, *, is_card: bool) -> None:
    assert placeholders.is_card(mac) is is_card


@pytest.mark.parametrize(
    ("written", "offset", "read"),
    [
        ("2020-06-12 14:19:54", "+0200", datetime(2020, 6, 12, 12, 19, 54, tzinfo=UTC)),
        # Summer in England, where nothing says otherwise.
        ("2026-06-12 14:19:54", None, datetime(2026, 6, 12, 13, 19, 54, tzinfo=UTC)),
        ("2026-01-12 14:19:54", "+20", datetime(2026, 1, 12, 14, 19, 54, tzinfo=UTC)),
        ("2026-01-12 14:19:54", "+9959", datetime(2026, 1, 12, 14, 19, 54, tzinfo=UTC)),
        ("2022-21-09 05:21:23", None, None),
        ("0001-01-01 00:00:00", "+1400", None),
        ("yesterday", None, None),
        (None, None, None),
    ],
)
def test_a_moment_is_read_where_it_was_written(
    written: object, offset: object, read: datetime | None
) -> None:
    assert values.moment(written, offset) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("43.7456 Wh", 43746),
        ("57570", 57570),
        (57570, 57570),
        ("8.6 V", None),
        ("1e999", None),
        (float("inf"), None),
        (True, None),
        ("-5", None),
        ("", None),
        (["5"], None),
    ],
)
def test_an_amount_is_in_one_unit(written: object, read: int | None) -> None:
    assert values.measure(written, {"": 1.0, "wh": 1000.0}) == read


def test_text_is_one_line_that_can_be_stored() -> None:
    assert values.text(" a\x00b \r\n\t c\x9f ") == "a b c"
    assert values.text("x" * 1000) == "x" * 255
    assert values.text({"a": 1}) is None
