"""How the registers that schools come from head their exports and name states."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from inventory.kinds.model.categories import CATEGORIES
from inventory.sheets.model.values import key


@dataclass(frozen=True, slots=True)
class Preset:
    """A register's export: the headings that show it, and what these tell of assets."""

    name: str
    marks: frozenset[str]
    columns: Mapping[str, str]
    left_out: frozenset[str] = field(default_factory=frozenset[str])
    """Headings that mean another thing there than elsewhere."""


SNIPE_IT = Preset(
    "Snipe-IT",
    frozenset({"asset tag", "model number"}),
    {
        "asset tag": "tag",
        "serial": "serial",
        "model": "model",
        "model name": "model",
        "category": "category",
        "manufacturer": "manufacturer",
        "status": "status",
        "location": "room",
        "default location": "room",
        "order number": "order_number",
        "purchase date": "purchased_on",
        "purchase cost": "price_pence",
        "supplier": "supplier",
        "warranty": "warranty_months",
        "warranty months": "warranty_months",
        "warranty expires": "warranty_until",
        "asset eol date": "support_until",
    },
    frozenset({"item name", "name", "company", "model number"}),
)
GLPI = Preset(
    "GLPI",
    frozenset({"inventory number", "serial number", "entity"}),
    {
        "name": "details.hostname",
        "inventory number": "tag",
        "serial number": "serial",
        "type": "category",
        "types": "category",
        "model": "model",
        "models": "model",
        "manufacturer": "manufacturer",
        "manufacturers": "manufacturer",
        "status": "status",
        "statuses": "status",
        "location": "room",
        "locations": "room",
        "operating system - name": "details.operating_system",
        "operating system - version": "details.os_version",
        "components - processor": "details.processor",
        "financial and administrative information - date of purchase": "purchased_on",
        "financial and administrative information - value": "price_pence",
        "financial and administrative information - supplier": "supplier",
        "financial and administrative information - order number": "order_number",
        "financial and administrative information - warranty duration": (
            "warranty_months"
        ),
    },
    frozenset({"entity", "entities", "last update"}),
)
PRESETS: Sequence[Preset] = (SNIPE_IT, GLPI)

_CATEGORY_WORDS: Mapping[str, str] = {
    "pc": "desktop",
    "computer": "desktop",
    "workstation": "desktop",
    "all-in-one": "desktop",
    "mini pc": "desktop",
    "tower": "desktop",
    "notebook": "laptop",
    "chromebook": "laptop",
    "macbook": "laptop",
    "netbook": "laptop",
    "ipad": "tablet",
    "mobile": "phone",
    "mobile phone": "phone",
    "smartphone": "phone",
    "handset": "phone",
    "nas": "storage",
    "san": "storage",
    "vm": "virtual-machine",
    "virtual machine": "virtual-machine",
    "switch": "network",
    "router": "network",
    "firewall": "network",
    "network switch": "network",
    "networking": "network",
    "network device": "network",
    "access point": "wireless",
    "wireless access point": "wireless",
    "wap": "wireless",
    "copier": "printer",
    "photocopier": "printer",
    "mfd": "printer",
    "projector": "audio-visual",
    "interactive whiteboard": "audio-visual",
    "interactive display": "audio-visual",
    "interactive screen": "audio-visual",
    "whiteboard": "audio-visual",
    "television": "audio-visual",
    "tv": "audio-visual",
    "av": "audio-visual",
    "audio visual": "audio-visual",
    "network equipment": "network",
    "wireless equipment": "wireless",
    "music and media kit": "music-media",
    "visualiser": "audio-visual",
    "webcam": "camera",
    "music": "music-media",
    "music and media": "music-media",
    "monitor": "peripheral",
    "display": "peripheral",
    "accessory": "peripheral",
    "accessorie": "peripheral",
    "dock": "peripheral",
    "docking station": "peripheral",
}
STATUS_WORDS: Mapping[str, str] = {
    "on order": "ordered",
    "deployed": "in-use",
    "in use": "in-use",
    "in service": "in-use",
    "active": "in-use",
    "working": "in-use",
    "ready to deploy": "in-store",
    "deployable": "in-store",
    "in store": "in-store",
    "in stock": "in-store",
    "stock": "in-store",
    "spare": "in-store",
    "available": "in-store",
    "pending": "in-store",
    "pending diagnostics": "in-repair",
    "out for diagnostics": "in-repair",
    "out for repair": "in-repair",
    "in repair": "in-repair",
    "under repair": "in-repair",
    "undeployable": "in-repair",
    "broken": "in-repair",
    "lost": "missing",
    "stolen": "missing",
    "lost/stolen": "missing",
    "archived": "retired",
    "broken - not fixable": "retired",
    "decommissioned": "retired",
    "out of use": "retired",
    "ordered": "ordered",
    "missing": "missing",
    "retired": "retired",
}
"""What states are called elsewhere, in small letters."""


def preset_of(headings: Sequence[str]) -> Preset | None:
    """Say whose export a file is, by its headings."""
    keys = {key(each) for each in headings}
    return next((each for each in PRESETS if each.marks <= keys), None)


def category_of(word: str) -> str | None:
    """Say which kind of kit a word names, in the singular or the plural."""
    said = key(word)
    for form in (said, said.removesuffix("s"), said.removesuffix("es")):
        if form.replace(" ", "-") in CATEGORIES:
            return form.replace(" ", "-")
        if form in _CATEGORY_WORDS:
            return _CATEGORY_WORDS[form]
    return None


def status_of(word: str) -> str | None:
    """Say which state a word names."""
    said = key(word)
    return STATUS_WORDS.get(said) or STATUS_WORDS.get(said.replace("-", " "))
