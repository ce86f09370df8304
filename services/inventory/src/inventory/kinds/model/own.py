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
    ),
    "wireless": (
        *_HOST,
        Field(
            *("wifi", "Wi-Fi standard", "choice", None),
            ("Wi-Fi 4", "Wi-Fi 5", "Wi-Fi 6", "Wi-Fi 6E", "Wi-Fi 7", "older"),
        ),
        Field("firmware", "Firmware", "text"),
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
    ),
}
FIELDS: Mapping[Category, Mapping[str, Field]] = {
    # A virtual machine draws what the one does on which it runs.
    category: by_name(fields if category == "virtual-machine" else (*fields, _ENERGY))
    for category, fields in _OWN.items()
}
"""By category and name."""
