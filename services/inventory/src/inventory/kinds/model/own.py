"""The fields that each kind of kit has of its own, whatever the LA."""

from collections.abc import Mapping

from inventory.kinds.model.categories import Category
from inventory.kinds.model.fields import Field, by_name

_HOST = (
    Field("hostname", "Name on the network", "text"),
    Field("ip_address", "IP address", "text"),
    Field("mac_address", "MAC address", "text"),
)
_COMPUTER = (
    *_HOST,
    Field("processor", "Processor", "text"),
    Field("memory_gib", "Memory", "decimal", "GiB", highest=65_536),
    Field("storage_gb", "Storage", "decimal", "GB", highest=10_000_000),
    Field("operating_system", "Operating system", "text"),
    Field("os_version", "Version of the operating system", "text"),
)
_TPM = Field("tpm", "TPM", "choice", choices=("2.0", "1.2", "none"))
_SCREEN = Field("screen_inches", "Screen", "decimal", "inches", highest=400)
_BATTERY = Field("battery_health", "Battery health", "decimal", "%", highest=100)
_MOBILE = (*_COMPUTER, _SCREEN, _BATTERY)
_ENERGY = Field(
    "kwh_a_year", "Electricity in a year", "decimal", "kWh", highest=1_000_000
)
_RADIO = Field("mobile_number_ends", "Last figures of its number", "text")

_AV = (
    *("projector", "interactive display", "screen", "speaker", "amplifier"),
    *("microphone", "visualiser", "other"),
)
_MUSIC = (
    *("keyboard", "audio interface", "mixing desk", "microphone", "recorder"),
    *("drum machine", "lighting desk", "loudspeaker", "other"),
)
_PERIPHERAL = (
    *("monitor", "docking station", "charging trolley", "keyboard", "mouse"),
    *("graphics tablet", "headset", "external drive", "back-up drive", "UPS"),
    *("interactive pen", "other"),
)

_NETWORK = (
    *("core switch", "switch", "router", "firewall", "controller", "media converter"),
    *("cabling", "other"),
)
_CABLES = (
    *("Cat 5", "Cat 5e", "Cat 6", "Cat 6A", "Cat 7", "Cat 8"),
    *("OM1", "OM2", "OM3", "OM4", "OM5", "OS2"),
)

_OWN: Mapping[Category, tuple[Field, ...]] = {
    "desktop": (*_COMPUTER, _TPM),
    "laptop": (*_MOBILE, _TPM),
    "tablet": (*_MOBILE, _TPM),
    "phone": (*_MOBILE, _RADIO),
    "server": (
        *_COMPUTER,
        Field("rack", "Rack and unit", "text"),
        Field("duty", "What it does", "text"),
    ),
    "storage": (
        *_HOST,
        Field("capacity_tb", "Capacity", "decimal", "TB", highest=100_000),
        Field("bays", "Drive bays", "whole", highest=1_000),
    ),
    "virtual-machine": (*_COMPUTER, Field("duty", "What it does", "text")),
    "network": (
        *_HOST,
        Field("ports", "Ports", "whole", highest=10_000),
        Field("speed_mbps", "Speed of a port", "whole", "Mbps", highest=1_000_000),
        Field("managed", "Can be managed", "yes-no"),
        Field("poe", "Power over Ethernet", "yes-no"),
        Field("firmware", "Firmware", "text"),
        # What the standards for switching and cabling ask about.
        Field("sort", "What it is", "choice", choices=_NETWORK),
        Field("uplink_mbps", "Speed of its uplink", "whole", "Mbps", highest=1_000_000),
        Field("power_supplies", "Power supplies", "whole", highest=16),
        Field("on_ups", "On an uninterruptible supply", "yes-no"),
        Field("cable", "Kind of cable", "choice", choices=_CABLES),
        Field("points", "Points", "whole", highest=100_000),
        Field("tested_on", "Cabling tested on", "date"),
    ),
    "wireless": (
        *_HOST,
        Field(
            *("wifi", "Wi-Fi standard", "choice", None),
            ("Wi-Fi 4", "Wi-Fi 5", "Wi-Fi 6", "Wi-Fi 6E", "Wi-Fi 7", "older"),
        ),
        Field("firmware", "Firmware", "text"),
        Field("managed", "Managed centrally", "yes-no"),
        Field("speed_mbps", "Speed of its port", "whole", "Mbps", highest=1_000_000),
        Field(
            *("encryption", "Strongest encryption", "choice", None),
            ("WPA3", "WPA2", "older", "none"),
        ),
    ),
    "printer": (
        *_HOST,
        Field(
            *("technology", "How it prints", "choice", None),
            ("laser", "LED", "inkjet", "thermal", "3D", "other"),
        ),
        Field("colour", "Prints in colour", "yes-no"),
        Field("duplex", "Prints on both sides", "yes-no"),
        Field(
            *("paper", "Largest paper", "choice", None),
            ("A4", "A3", "A2", "A1", "A0", "label", "other"),
        ),
        Field("pages_printed", "Pages printed so far", "whole"),
    ),
    "scanner": (
        *_HOST,
        Field("feeder", "Has a feeder", "yes-no"),
        Field(*("paper", "Largest paper", "choice", None), ("A4", "A3", "other")),
    ),
    "audio-visual": (
        *_HOST,
        Field("sort", "What it is", "choice", choices=_AV),
        _SCREEN,
        Field("lamp_hours", "Lamp hours so far", "whole", "hours", highest=200_000),
        Field("lamp_life", "Lamp life", "whole", "hours", highest=200_000),
    ),
    "camera": (
        *_HOST,
        Field(
            *("sort", "What it is", "choice", None),
            ("still", "video", "webcam", "CCTV", "action", "other"),
        ),
        Field("megapixels", "Resolution", "decimal", "megapixels", highest=1_000),
    ),
    "music-media": (Field("sort", "What it is", "choice", choices=_MUSIC),),
    "peripheral": (
        Field("sort", "What it is", "choice", choices=_PERIPHERAL),
        _SCREEN,
        Field("power_va", "Power of the UPS", "whole", "VA", highest=1_000_000),
        Field("battery_minutes", "Runs on battery for", "whole", "minutes"),
        Field("battery_on", "Battery new on", "date"),
    ),
}
FIELDS: Mapping[Category, Mapping[str, Field]] = {
    # A virtual machine draws what the one does on which it runs.
    category: by_name(fields if category == "virtual-machine" else (*fields, _ENERGY))
    for category, fields in _OWN.items()
}
"""By category and name."""
