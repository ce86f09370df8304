"""Machines in words: units, what changed, who is beside whom, what is to be copied."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from gateway.portal.devices import model as devices
from gateway.portal.devices.schemas import Detail, Device
from gateway.portal.doubts import model as doubts
from gateway.portal.enrolment import model as enrolment
from gateway.portal.enrolment.model import Access
from gateway.portal.templates.formats import ABSENT

NOW = datetime(2026, 9, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    ("mib", "words"),
    [(8192, "8 GB"), (512, "512 MB"), (1536, "1.5 GB"), (None, ABSENT), ("8", ABSENT)],
)
def test_memory_is_written_as_its_makers_do(mib: object, words: str) -> None:
    assert devices.memory(mib) == words


@pytest.mark.parametrize(
    ("megabytes", "words"),
    [(256_060, "256.1 GB"), (2_000_000, "2 TB"), (900, "900 MB"), (None, ABSENT)],
)
def test_a_drive_is_written_in_decimal_units(megabytes: object, words: str) -> None:
    assert devices.size(megabytes) == words


@pytest.mark.parametrize(
    ("bits", "words"),
    [
        (10**9, "1 Gbit/s"),
        (100_000_000, "100 Mbit/s"),
        (2_500_000_000, "2.5 Gbit/s"),
        (0, ABSENT),
        (-1, ABSENT),
        (10**15, "1,000 Tbit/s"),
    ],
)
def test_a_link_is_written_in_bits(bits: int, words: str) -> None:
    assert devices.speed(bits) == words


@pytest.mark.parametrize(("days", "said"), [(29, None), (30, 30), (400, 400)])
def test_a_machine_is_marked_after_a_month(days: int, said: int | None) -> None:
    assert devices.unseen_for(NOW - timedelta(days=days), NOW) == said


@pytest.mark.parametrize(
    ("section", "before", "after", "lines"),
    [
        ("memory", {"mib": 8192}, {"mib": 16384}, ["Memory: 8 GB → 16 GB"]),
        ("device", {"name": None}, {"name": "a"}, ["Name: nothing → a"]),
        (
            "device",
            {"macs": []},
            {"macs": ["a", "b"]},
            ["Network cards: nothing → a, b"],
        ),
        (
            "software",
            [{"publisher": "Mozilla", "name": "Firefox", "version": "130"}],
            [{"publisher": "Mozilla", "name": "Firefox", "version": "131"}],
            ["Gone: Mozilla Firefox 130", "New: Mozilla Firefox 131"],
        ),
        (
            "cartridges",
            [{"name": "Black", "left_percent": 80, "said": "80"}],
            [{"name": "Black", "left_percent": 70, "said": "80"}],
            ["Black, left: 80% → 70%"],
        ),
        ("disks", [], [{"name": None, "serial": "S1"}], ["New: S1"]),
        ("odd", None, "text", []),
        ("counters", {"total": 1000}, {"total": 1200}, ["Pages, total: 1,000 → 1,200"]),
    ],
)
def test_a_change_is_told_line_by_line(
    section: str, before: Any, after: Any, lines: list[str]
) -> None:
    assert devices.told(section, before, after) == lines


def test_of_many_changes_the_first_are_told() -> None:
    after = [{"name": f"program {n}"} for n in range(50)]

    told = devices.told("software", [], after)

    assert len(told) == devices.MOST_TOLD + 1
    assert told[-1] == "And 30 more"


def device(**said: Any) -> dict[str, Any]:
    return {
        "device_id": uuid4(),
        "school_urn": 900001,
        "kind": "laptop",
        "standing": "doubtful",
        "first_seen_at": NOW,
        "last_seen_at": NOW,
        "version": 1,
        **said,
    }


@pytest.mark.parametrize(
    ("said", "make"),
    [
        ({"manufacturer": "Brother", "model": "Brother HL-5350"}, "Brother HL-5350"),
        ({"manufacturer": "LENOVO", "model": "ThinkPad"}, "LENOVO ThinkPad"),
        ({"manufacturer": "LENOVO"}, "LENOVO"),
        ({}, ""),
    ],
)
def test_a_make_is_said_once(said: dict[str, Any], make: str) -> None:
    assert Device.model_validate(device(**said)).make == make


def test_a_machine_without_a_name_is_called_something() -> None:
    assert Device.model_validate(device()).title == "A laptop without a name"


def test_what_nobody_told_is_no_row_beside() -> None:
    alone = Detail.model_validate(device(serial="S1"))

    rows = {row.label: row.machine for row in doubts.rows(alone, [])}

    assert rows == {"Kind": "Laptop", "Serial number": "S1"}


ACCESS = Access("https://joinedup.example/agent", 900001, "jek-abc")


@pytest.mark.parametrize("platform", enrolment.PLATFORMS)
def test_a_platform_is_told_with_the_schools_own_words(platform: str) -> None:
    told = " ".join(step.copied for step in enrolment.steps(platform, ACCESS))

    if platform in {"chromeos", "mobile"}:
        assert told == ""
    else:
        assert "https://joinedup.example/agent" in told or ACCESS.address in told
        assert "900001" in told
        assert "jek-abc" in told


def test_the_address_of_the_injector_has_the_credentials_in_it() -> None:
    assert ACCESS.address == "https://900001:jek-abc@joinedup.example/agent"
