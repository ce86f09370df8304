"""Which machines can run Windows 11: by our rules, held against the published lists."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from inventory.agents.model import reading
from inventory.agents.model.report import Told
from inventory.support.model import processors
from inventory.support.model.readiness import Hardware, hardware_of, windows_11
from tests.inventory.support.machines import WIN_10, WIN_11, add
from tests.inventory.world import HERE, MANAGER, TECHNICIAN, Call

I5_8TH = "Intel(R) Core(TM) i5-8265U CPU @ 1.60GHz"
I5_6TH = "Intel(R) Core(TM) i5-6500T CPU @ 2.50GHz"
GOOD = Hardware(I5_8TH, Decimal(8), Decimal(256), "2.0")
LISTS = ("Intel", "AMD", "Qualcomm")


def listed(real_data: Path) -> list[str]:
    """Read Microsoft's lists; their first line is a date, the last an end."""
    found: list[str] = []
    for maker in LISTS:
        file = real_data / f"lifecycle/win11_SupportedProcessors{maker}.txt"
        _, *names = file.read_text("utf-8").split("\n")
        found += [name.strip() for name in names if name.strip() not in {"", "EOF"}]
    return found


def test_every_processor_of_the_published_lists_is_one(real_data: Path) -> None:
    names = listed(real_data)

    assert len(names) > 1400
    assert [name for name in names if processors.verdict(name) != "listed"] == []


@pytest.mark.parametrize(
    "name",
    [
        "11th Gen Intel(R) Core(TM) i5-1135G7 @ 2.40GHz",
        "Intel(R) Core(TM) i5-8250U CPU @ 1.60GHz",
        "12th Gen Intel(R) Core(TM) i3-1215U",
        "Intel(R) Core(TM) Ultra 7 155H",
        "Intel(R) N100",
        "Intel(R) Celeron(R) N4020 CPU @ 1.10GHz",
        "Intel(R) Pentium(R) Silver N5030 CPU @ 1.10GHz",
        "Intel(R) Xeon(R) Silver 4210 CPU @ 2.20GHz",
        "AMD Ryzen 5 PRO 4650U with Radeon Graphics",
        "AMD Ryzen 5 2600 Six-Core Processor",
        "AMD 3020e with Radeon Graphics",
        "AMD Athlon Silver 3050U with Radeon Graphics",
        "Snapdragon (TM) 8cx Gen 3 @ 3.0 GHz",
        "Microsoft SQ1 @ 3.0 GHz",
    ],
)
def test_a_processor_is_known_by_what_it_calls_itself(name: str) -> None:
    assert processors.verdict(name) == "listed"


@pytest.mark.parametrize(
    "name",
    [
        "Intel(R) Core(TM) i7-7700K CPU @ 4.20GHz",
        "Intel(R) Core(TM) i7-7740X CPU @ 4.30GHz",
        "Intel(R) Core(TM) i7-7820HK CPU @ 2.90GHz",
        "Intel(R) Core(TM) i5-7200U CPU @ 2.50GHz",
        "Intel(R) Core(TM) i5-4590 CPU @ 3.30GHz",
        "Intel(R) Core(TM) i5 CPU       M 430  @ 2.27GHz",
        "Intel(R) Core(TM) i5 CPU         650  @ 3.20GHz",
        "Intel(R) Core(TM) m3-7Y30 CPU @ 1.00GHz",
        "Intel(R) Core(TM)2 Duo CPU E8400 @ 3.00GHz",
        "Intel(R) Celeron(R) CPU N3350 @ 1.10GHz",
        "Intel(R) Celeron(R) CPU G3900 @ 2.80GHz",
        "Intel(R) Celeron(R) CPU 3865U @ 1.80GHz",
        "Intel(R) Pentium(R) CPU G4560 @ 3.50GHz",
        "Intel(R) Pentium(R) CPU G6950 @ 2.80GHz",
        "Intel(R) Pentium(R) CPU N4200 @ 1.10GHz",
        "Intel(R) Pentium(R) CPU 4415U @ 2.30GHz",
        "Pentium(R) Dual-Core CPU E5400 @ 2.70GHz",
        "Intel(R) Atom(TM) x5-Z8350 CPU @ 1.44GHz",
        "Intel(R) Xeon(R) CPU E3-1230 v6 @ 3.50GHz",
        "Intel(R) Xeon(R) CPU W3520 @ 2.67GHz",
        "Intel(R) Xeon(R) CPU D-1541 @ 2.10GHz",
        "AMD Ryzen 5 1600 Six-Core Processor",
        "AMD Ryzen 3 2200G with Radeon Vega Graphics",
        "AMD Ryzen 5 2500U with Radeon Vega Mobile Gfx",
        "AMD Ryzen Threadripper 1950X 16-Core Processor",
        "AMD EPYC 7351P 16-Core Processor",
        "AMD Athlon 200GE with Radeon Vega Graphics",
        "AMD Athlon(tm) 64 Processor 3000+",
        "AMD A6-9220e RADEON R4, 5 COMPUTE CORES 2C+3G",
        "AMD E1-2100 APU with Radeon(TM) HD Graphics",
        "AMD FX(tm)-8350 Eight-Core Processor",
        "AMD Phenom(tm) II X4 955 Processor",
    ],
)
def test_a_processor_of_an_older_series_is_not_on_the_lists(name: str) -> None:
    assert processors.verdict(name) == "not-listed"


@pytest.mark.parametrize(
    "name",
    [
        "",
        "QEMU Virtual CPU version 2.5+",
        "Apple M1",
        "AArch64 Processor rev 14 (aarch64)",
        "AMD Ryzen AI 9 HX 370 w/ Radeon 890M",
        "x" * 255,
    ],
)
def test_a_processor_of_no_known_family_is_not_judged(name: str) -> None:
    assert processors.verdict(name) == "unknown"


def _names(real_data: Path) -> set[str]:
    """Read the processor of every computer of the real inventories."""
    found: set[str] = set()
    folder = real_data / "agent_inventories/glpi_inventory_format"
    for file in sorted([*folder.glob("examples*.json"), *folder.glob("*.xml")]):
        kind = "application/json" if file.suffix == ".json" else "application/xml"
        message = reading.read(file.read_bytes(), kind)
        if isinstance(message, Told):
            for report in message.reports:
                found |= {each.name for each in report.hardware.processors}
    for file in sorted((real_data / "agent_inventories/dmidecode").iterdir()):
        if file.suffix != ".json":
            found |= set(_of_dmidecode(file.read_text("utf-8", "replace")))
    return found


def _of_dmidecode(text: str) -> list[str]:
    found: list[str] = []
    for block in text.split("\n\n"):
        if "Processor Information" in block and "Status: Populated" in block:
            told = [line.strip().partition(":") for line in block.split("\n")]
            found += [said.strip() for name, _, said in told if name == "Version"]
    return [name for name in found if name]


def test_the_processors_of_the_real_inventories_are_judged_as_the_lists_do(
    real_data: Path,
) -> None:
    """One is ready where a list names it: each list's name is one that it may bear."""
    on_lists = {_bare(name) for name in listed(real_data)}
    names = _names(real_data)

    assert len(names) > 15
    for name in names:
        said = processors.verdict(name)
        is_there = any(f" {one} " in f" {_bare(name)} " for one in on_lists)
        assert (said == "listed") == is_there, (name, said)


def _bare(name: str) -> str:
    low = name.lower().split("@", 1)[0]
    for sign in ("(r)", "(tm)", "(c)", "intel", "amd", "cpu", "processor"):
        low = low.replace(sign, " ")
    return " ".join(low.replace("core i", "i").replace("-", " ").split())


@pytest.mark.parametrize(
    ("has", "readiness", "lacks"),
    [
        (GOOD, "ready", ()),
        (Hardware(I5_8TH, Decimal("3.8"), Decimal("62.5")), "ready", ()),
        (Hardware(I5_6TH, Decimal(8), Decimal(256)), "not-ready", ("processor",)),
        (Hardware(I5_8TH, Decimal("3.4"), Decimal(256)), "not-ready", ("memory",)),
        (Hardware(I5_8TH, Decimal(8), Decimal(61)), "not-ready", ("storage",)),
        (
            Hardware(I5_8TH, Decimal(8), Decimal(64), "1.2"),
            *("not-ready", ("tpm",)),
        ),
        (
            Hardware(I5_6TH, Decimal(2), Decimal(32), "none"),
            *("not-ready", ("processor", "memory", "storage", "tpm")),
        ),
        # One thing that is lacking is enough, whatever is not known.
        (Hardware(I5_6TH), "not-ready", ("processor",)),
        (Hardware(I5_8TH), "unknown", ()),
        (Hardware("QEMU", Decimal(8), Decimal(64), "2.0"), "unknown", ()),
        (Hardware(), "unknown", ()),
    ],
)
def test_a_computer_is_ready_by_all_that_is_known_of_it(
    has: Hardware, readiness: str, lacks: tuple[str, ...]
) -> None:
    found = windows_11("laptop", "windows", "10-22h2", has)

    assert (found.readiness, tuple(found.lacks)) == (readiness, lacks)


def test_what_is_not_known_is_named() -> None:
    found = windows_11("laptop", None, None, Hardware(I5_8TH, None, Decimal(256)))

    assert (found.readiness, found.unknown) == ("unknown", ["memory", "tpm"])
    assert windows_11("laptop", "windows", "11-24h2-w", Hardware()).readiness == (
        "runs-it"
    )


@pytest.mark.parametrize(
    ("category", "product"),
    [("server", "windows"), ("phone", None), ("laptop", "macos"), ("tablet", "ipados")],
)
def test_other_machines_are_not_asked(category: Any, product: str) -> None:
    assert windows_11(category, product, None, GOOD).readiness == "not-applicable"


@pytest.mark.parametrize(
    ("told", "has"),
    [
        ("\n\n\n", Hardware()),
        ("", Hardware()),
        ("A\n7.6\n256\n2.0", Hardware("A", Decimal("7.6"), Decimal(256), "2.0")),
        ("A\nmuch\n1e3\n", Hardware("A", None, Decimal(1000))),
    ],
)
def test_what_a_record_says_is_read(told: str, has: Hardware) -> None:
    assert hardware_of(told) == has


async def test_a_schools_computers_are_counted_and_listed_by_readiness(
    by: Call,
) -> None:
    good = {"processor": I5_8TH, "memory_gib": 8, "storage_gb": 256, "tpm": "2.0"}
    old = {"processor": I5_6TH, "memory_gib": 2, "storage_gb": 500}
    await add(by, "A", details={**WIN_10, **good})
    await add(by, "B", details={**WIN_10, **old})
    await add(by, "C", details=WIN_11)
    await add(by, "D", details=WIN_10, category="desktop")
    await add(by, "E", details={"operating_system": "macOS", "os_version": "26"})
    server = {name: value for name, value in good.items() if name != "tpm"}
    await add(by, "F", details=server, category="server")

    found = await by(TECHNICIAN).get("/support", params={"school": HERE.urn})

    assert found.json()["windows_11"] == {
        "runs_it": 1,
        "ready": 1,
        "not_ready": 1,
        "unknown": 1,
        "lacks_processor": 1,
        "lacks_memory": 1,
        "lacks_storage": 0,
        "lacks_tpm": 0,
    }
    for readiness, tags in {
        "runs-it": "C",
        "ready": "A",
        "not-ready": "B",
        "unknown": "D",
    }.items():
        asked = {"windows_11": readiness}
        page = (await by(MANAGER).get("/support/devices", params=asked)).json()
        count = await by(MANAGER).get("/support/devices/count", params=asked)
        assert "".join(each["tag"] for each in page["items"]) == tags
        assert count.json()["count"] == 1
        [row] = page["items"]
        assert row["windows_11"]["readiness"] == readiness


async def test_a_chromebook_is_supported_as_long_as_its_series_is(by: Call) -> None:
    chrome = {"operating_system": "ChromeOS", "os_version": "142"}
    kit = {"manufacturer": "Lenovo", "model": "100e Chromebook Gen 3"}
    made = await add(by, "A", details=chrome, **kit)
    await add(by, "B", **kit)
    await add(by, "C", details=chrome, manufacturer="Acer", model="Chromebook Z")

    found = (await by(TECHNICIAN).get("/support")).json()
    one = await by(TECHNICIAN).get(f"/assets/{made['asset_id']}/support")

    [row] = found["systems"]
    assert (row["named"], row["ends_on"], row["devices"]) == (
        *("ChromeOS on Lenovo 100e Chromebook Gen 3", "2031-06-01"),
        2,
    )
    assert found["unmatched"] == [
        {
            "operating_system": "ChromeOS",
            "os_version": "142",
            "model": "Acer Chromebook Z",
            "devices": 1,
        }
    ]
    assert one.json()["system"]["ends_on"] == "2031-06-01"
