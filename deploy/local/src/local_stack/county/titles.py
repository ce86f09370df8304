"""Makes, models and software as schools have them, each in the years it was bought."""

from local_stack.county.dice import Dice
from local_stack.county.model import Title

# Category: make, model, first and last year in which schools bought it.
MODELS: dict[str, tuple[tuple[str, str, int, int], ...]] = {
    "laptop": (
        ("HP", "ProBook 430 G4", 2016, 2018),
        ("Lenovo", "ThinkPad 11e Gen 5", 2017, 2020),
        ("Dell", "Latitude 3310", 2019, 2021),
        ("HP", "ProBook 440 G9", 2021, 2024),
        ("Dell", "Latitude 3420", 2021, 2023),
        ("Acer", "TravelMate B3", 2020, 2024),
        ("Lenovo", "ThinkPad L13 Gen 4", 2023, 2026),
        ("Dell", "Latitude 3450", 2024, 2026),
        ("HP", "ProBook 440 G11", 2024, 2026),
    ),
    "chromebook": (
        ("Acer", "Chromebook 11 C732", 2017, 2020),
        ("Lenovo", "100e Chromebook Gen 2", 2019, 2022),
        ("HP", "Chromebook 11 G9 EE", 2021, 2024),
        ("Lenovo", "100e Chromebook Gen 3", 2022, 2025),
        ("Acer", "Chromebook Spin 511 R756", 2024, 2026),
    ),
    "desktop": (
        ("Stone", "Mini PC-1210", 2014, 2018),
        ("HP", "ProDesk 400 G5", 2016, 2019),
        ("Dell", "OptiPlex 3060", 2018, 2020),
        ("Dell", "OptiPlex 3080", 2020, 2022),
        ("HP", "ProDesk 400 G7", 2020, 2023),
        ("Lenovo", "ThinkCentre M70q", 2021, 2024),
        ("Dell", "OptiPlex 7010", 2023, 2026),
        ("HP", "Pro Mini 400 G9", 2023, 2026),
    ),
    "tablet": (
        ("Apple", "iPad 5th generation", 2015, 2018),
        ("Apple", "iPad 7th generation", 2019, 2020),
        ("Apple", "iPad 9th generation", 2021, 2024),
        ("Samsung", "Galaxy Tab A8", 2022, 2024),
        ("Apple", "iPad A16", 2025, 2026),
    ),
    "server": (
        ("HPE", "ProLiant ML110 Gen9", 2014, 2017),
        ("HPE", "ProLiant ML110 Gen10", 2018, 2022),
        ("Dell", "PowerEdge T350", 2021, 2024),
        ("Dell", "PowerEdge T360", 2024, 2026),
    ),
    "network": (
        ("HP", "ProCurve 2530-48G", 2013, 2018),
        ("Aruba", "2930F 48G", 2017, 2023),
        ("Cisco", "Catalyst 1000-24T", 2020, 2024),
        ("Aruba", "CX 6100 48G", 2022, 2026),
    ),
    "wireless": (
        ("Ubiquiti", "UAP-AC-Pro", 2015, 2020),
        ("Ruckus", "R510", 2017, 2021),
        ("Ruckus", "R550", 2020, 2025),
        ("Ubiquiti", "U6 Pro", 2022, 2026),
    ),
    "printer": (
        ("HP", "LaserJet M402dn", 2015, 2018),
        ("HP", "LaserJet M404dn", 2019, 2023),
        ("Kyocera", "ECOSYS M5526cdn", 2018, 2024),
        ("Ricoh", "IM C3000", 2019, 2023),
        ("Brother", "HL-L8260CDW", 2020, 2026),
        ("Ricoh", "IM C3010", 2023, 2026),
    ),
    "audio-visual": (
        ("SMART", "Board 880", 2013, 2017),
        ("Epson", "EB-685W", 2016, 2021),
        ("Promethean", "ActivPanel 7", 2018, 2021),
        ("SMART", "Board MX275", 2020, 2024),
        ("Promethean", "ActivPanel 9", 2021, 2025),
        ("Clevertouch", "Impact Plus 75", 2022, 2026),
    ),
    "scanner": (("Canon", "DR-C240", 2015, 2021), ("Fujitsu", "fi-7160", 2016, 2026)),
    "camera": (("Canon", "EOS 2000D", 2018, 2026), ("GoPro", "HERO9", 2020, 2026)),
    "peripheral": (("Logitech", "C920", 2016, 2026), ("Dell", "P2422H", 2020, 2026)),
}
_TOO_OLD, _MIXED = 2018, 2021
_SERVERS = ((2025, "2025"), (2022, "2022"), (0, "2016"))
_OFFICE = Title("Microsoft", "Microsoft 365 Apps for enterprise", "2610")
_EVERYWHERE = (
    (Title("Google", "Google Chrome", "142.0"), 900),
    (Title("Google", "Google Chrome", "137.0"), 100),
    (Title("Sophos", "Sophos Endpoint", "2026.2"), 640),
    (Title("Smoothwall", "Smoothwall Monitor", "3.9"), 380),
    (Title("Adobe", "Adobe Acrobat Reader", "25.1"), 420),
    (Title("VideoLAN", "VLC media player", "3.0.21"), 260),
)
_TEACHING = (
    (Title("SMART Technologies", "SMART Notebook", "25.1"), 340),
    (Title("Promethean", "ActivInspire", "3.4"), 260),
    (Title("Scratch Foundation", "Scratch Desktop", "3.31"), 300),
    (Title("Mozilla", "Firefox", "140.5 ESR"), 240),
)
_SECONDARY = (
    (Title("Autodesk", "Fusion", "2.0"), 120),
    (Title("Adobe", "Adobe Creative Cloud", "6.6"), 160),
    (Title("Python Software Foundation", "Python", "3.13"), 280),
    (Title("Avid", "Sibelius", "2024.10"), 60),
)


def software(
    dice: Dice, category: str, model: str, bought: int, *, secondary: bool
) -> tuple[Title, ...]:
    """Return what is on a piece of kit that was bought in a year."""
    if "Chromebook" in model:
        return (Title("Google", "ChromeOS", "142" if bought > _TOO_OLD else "126"),)
    if category == "tablet":
        return (_tablet(dice, model),)
    if category == "server":
        year = next(name for since, name in _SERVERS if bought >= since)
        return (
            Title("Microsoft", "Windows Server", year),
            Title("Veeam", "Veeam Backup & Replication", "12.3"),
        )
    if category not in {"laptop", "desktop"}:
        return ()
    more = (*_EVERYWHERE, *_TEACHING, *(_SECONDARY if secondary else ()))
    chosen = {t.name: t for t, per_mille in more if dice.happens(per_mille)}
    return (_windows(dice, bought), _OFFICE, *chosen.values())


def _windows(dice: Dice, bought: int) -> Title:
    """Kit from before 2018 cannot take Windows 11; some that can has not got it yet."""
    if bought <= _TOO_OLD or (bought <= _MIXED and dice.happens(180)):
        return Title("Microsoft", "Windows 10", "22H2")
    version = dice.weighted((("24H2", 6), ("25H2", 3), ("23H2", 2)))
    return Title("Microsoft", "Windows 11", version)


def _tablet(dice: Dice, model: str) -> Title:
    if model.startswith("Galaxy"):
        return Title("Google", "Android", "14")
    if "5th" in model:
        return Title("Apple", "iPadOS", "16.7")
    return Title("Apple", "iPadOS", dice.weighted((("26.1", 5), ("18.7", 3))))
