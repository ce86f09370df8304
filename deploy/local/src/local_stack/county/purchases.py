"""What kit cost, who sold it, how long it is covered, and what it is made of."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from local_stack.county.dice import Dice
from local_stack.county.model import Asset, School

_POUNDS: Mapping[str, tuple[int, int]] = {
    "laptop": (310, 690),
    "desktop": (480, 720),
    "tablet": (290, 420),
    "server": (2_300, 4_900),
    "network": (420, 1_450),
    "wireless": (210, 390),
    "printer": (240, 980),
    "audio-visual": (890, 2_350),
    "scanner": (140, 320),
    "camera": (180, 560),
    "peripheral": (40, 160),
}
"""The least and the most that a school pays for one, without VAT."""
_WARRANTY = {"desktop": 5, "server": 5, "network": 5, "laptop": 3, "audio-visual": 3}
"""Years; the rest has one."""
_CFR = {"server": "E20B", "laptop": "E20E", "desktop": "E20E", "tablet": "E20E"}
_SUPPLIERS = (
    *("Northgate Education ICT", "Harbour School Supplies", "Elm Technology"),
    "Three Rivers Computing",
)
_BUDGETS = ("Devolved formula capital", "ICT refresh", "School budget", "PTA gift")
_MEMORY = {2016: 4, 2020: 8, 2099: 16}
"""GiB of a computer, by the last year in which it was bought with so much."""


_PROCESSORS = (
    (2017, "Intel(R) Core(TM) i5-6500T CPU @ 2.50GHz"),
    (2018, "Intel(R) Core(TM) i5-7200U CPU @ 2.50GHz"),
    (2020, "Intel(R) Core(TM) i5-8265U CPU @ 1.60GHz"),
    (2022, "11th Gen Intel(R) Core(TM) i5-1135G7 @ 2.40GHz"),
    (2099, "13th Gen Intel(R) Core(TM) i5-1335U"),
)
"""Of a computer, by the last year in which it was bought with one like it."""
_SYSTEMS = {
    "Windows 10": "Microsoft Windows 10 Education",
    "Windows 11": "Microsoft Windows 11 Education",
    "Windows Server": "Microsoft Windows Server",
    "ChromeOS": "ChromeOS",
    "Android": "Android",
    "iPadOS": "iPadOS",
}
"""As an agent reads it off a machine, by the title that is on it."""


def bought(seed: str, school: School, kit: list[Asset]) -> list[Asset]:
    """Say of a school's kit how it was bought; what came together was one order.

    The undated are the gifts and finds of which nobody knows more.
    """
    dice = Dice(seed, "purchases", school.urn)
    orders: dict[tuple[date, str, str], dict[str, object]] = {}
    found: list[Asset] = []
    for asset in kit:
        details = _details(dice, asset)
        if asset.purchased_on is None:
            found.append(replace(asset, details=details))
            continue
        key = (asset.purchased_on, asset.category, asset.model)
        if key not in orders:
            orders[key] = _order(dice, asset, asset.purchased_on)
        found.append(replace(asset, details=details, purchase=orders[key]))
    return found


def _order(dice: Dice, asset: Asset, on: date) -> dict[str, object]:
    least, most = _POUNDS[asset.category]
    years = _WARRANTY.get(asset.category, 1)
    return {
        "order_number": f"PO {dice.between(10_000, 99_999)}",
        "price_pence": dice.between(least, most) * 100 - 1,
        "supplier": dice.pick(_SUPPLIERS),
        "funding_line": dice.pick(_BUDGETS),
        "cfr_code": _CFR.get(asset.category, "E20F"),
        # Bought before the 29th of a month: the day is one of every year.
        "warranty_until": on.replace(year=on.year + years).isoformat(),
    }


def _details(dice: Dice, asset: Asset) -> dict[str, object]:
    if asset.category in {"tablet", "server"}:
        return _system(asset)
    if asset.category not in {"laptop", "desktop"} or not dice.happens(800):
        return {}
    year = asset.purchased_on.year if asset.purchased_on else 2020
    memory = next(gib for last, gib in _MEMORY.items() if year <= last)
    return {
        "memory_gib": memory,
        "storage_gb": dice.pick((128, 256, 256, 512)),
        "hostname": asset.tag,
        "processor": _processor(asset.model, year),
        **_system(asset),
    }


def _processor(model: str, year: int) -> str:
    if "Chromebook" in model:
        return "Intel(R) Celeron(R) N4020 CPU @ 1.10GHz"
    return next(name for last, name in _PROCESSORS if year <= last)


def _system(asset: Asset) -> dict[str, object]:
    """Say what it runs, as an agent reads it off the machine."""
    found = next((t for t in asset.software if t.name in _SYSTEMS), None)
    if found is None:
        return {}
    if found.name == "Windows Server":
        name = f"Microsoft Windows Server {found.version} Standard"
        return {"operating_system": name}
    return {"operating_system": _SYSTEMS[found.name], "os_version": found.version}
