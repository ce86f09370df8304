"""The products whose support is looked at, and how a release of one is called."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Kind = Literal["system", "browser", "office"]
_WINDOWS = re.compile(r"(?P<of>\d+)-(?P<feature>[0-9h]+)(?:-(?P<track>[a-z-]+))?")
_TRACKS = {
    "e": ", Education and Enterprise",
    "w": ", Home and Pro",
    "e-lts": " LTSC",
    "iot-lts": " IoT LTSC",
    "iot": " IoT",
}
_OLD_WINDOWS = {"7-sp1": "7", "6-sp2": "Vista", "5-sp3": "XP"}
_OF_MAC = re.compile(r"(\d{4})-for-mac")


@dataclass(frozen=True, slots=True)
class Product:
    """A product by its name at endoflife.date, and what it is."""

    name: str
    kind: Kind


PRODUCTS: Mapping[str, Product] = {
    "windows": Product("Windows", "system"),
    "windows-server": Product("Windows Server", "system"),
    "macos": Product("macOS", "system"),
    "ipados": Product("iPadOS", "system"),
    "ios": Product("iOS", "system"),
    "android": Product("Android", "system"),
    "chromeos": Product("ChromeOS", "system"),
    "ubuntu": Product("Ubuntu", "system"),
    "debian": Product("Debian", "system"),
    "linuxmint": Product("Linux Mint", "system"),
    "fedora": Product("Fedora", "system"),
    "chrome": Product("Google Chrome", "browser"),
    "firefox": Product("Mozilla Firefox", "browser"),
    "office": Product("Microsoft Office", "office"),
    "libreoffice": Product("LibreOffice", "office"),
}


def called(product: str, cycle: str | None) -> str:
    """Say how a release is called: "Windows 11 24H2, Education and Enterprise"."""
    name = PRODUCTS[product].name
    if product == "chromeos":
        return f"{name}, model not known" if cycle is None else f"{name} on {cycle}"
    if cycle is None:
        return f"{name}, release not known"
    return f"{name} {_called(product, cycle)}"


def _called(product: str, cycle: str) -> str:
    if product == "windows":
        return _called_windows(cycle)
    if product == "windows-server":
        return cycle.replace("-r2", " R2").replace("-sp", " SP").split("-")[0].upper()
    if product == "office":
        return _OF_MAC.sub(r"\1 for Mac", cycle).replace("-ltsc", " LTSC")
    return cycle


def _called_windows(cycle: str) -> str:
    found = _WINDOWS.fullmatch(cycle)
    if found is None:
        return _OLD_WINDOWS.get(cycle, cycle)
    track = _TRACKS.get(found["track"] or "", "")
    return f"{found['of']} {found['feature'].upper()}{track}"
