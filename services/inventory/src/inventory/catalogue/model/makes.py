"""Makers that write their own name in several ways, by the key of each way.

Sources: the SMBIOS tables of glpi-agent's dmidecode samples, the inventories that GLPI
publishes, the makers' own imprints. Other makes need no line here: case, spaces,
punctuation and legal suffixes are taken off every name.
"""

from collections.abc import Mapping

_WAYS: Mapping[str, tuple[str, ...]] = {
    "Acer": ("acer", "acergroup"),
    "Apple": ("apple", "applecomputer"),
    "Aruba": ("aruba", "arubanetworks"),
    "ASUS": ("asus", "asustek", "asustekcomputer"),
    "BenQ": ("benq",),
    "Brother": ("brother", "brotherindustries"),
    "Canon": ("canon",),
    "Cisco": ("cisco", "ciscosystems"),
    "Cisco Meraki": ("ciscomeraki", "meraki"),
    "D-Link": ("dlink", "dlinksystems"),
    "Dell": ("dell", "dellcomputer", "dellemc", "delltechnologies"),
    "Epson": ("epson", "seikoepson"),
    "Fujitsu": (
        *("fujitsu", "fujitsusiemens", "fujitsusiemenscomputers"),
        *("fujitsuclientcomputing", "fujitsutechnologysolutions"),
    ),
    "Gigabyte": ("gigabyte", "gigabytetechnology"),
    "Google": ("google",),
    "Hewlett Packard Enterprise": ("hewlettpackardenterprise", "hpe"),
    "HP": ("hp", "hewlettpackard", "hewlettpackardhp", "hphewlettpackard"),
    "Huawei": ("huawei", "huaweitechnologies"),
    "IBM": ("ibm", "internationalbusinessmachines"),
    "Intel": ("intel", "intelr"),
    "Konica Minolta": ("konicaminolta", "konicaminoltabusinesssolutions"),
    "Kyocera": ("kyocera", "kyoceramita", "kyoceradocumentsolutions"),
    "Lenovo": ("lenovo", "lenovogroup"),
    "Lexmark": ("lexmark", "lexmarkinternational"),
    "LG": ("lg", "lge", "lgelectronics"),
    "Microsoft": ("microsoft",),
    "MSI": ("msi", "microstar", "microstarinternational"),
    "Netgear": ("netgear",),
    "Promethean": ("promethean", "prometheanworld"),
    "QNAP": ("qnap", "qnapsystems"),
    "Raspberry Pi": ("raspberrypi", "raspberrypifoundation", "raspberrypitrading"),
    "RM": ("rm", "rmeducation", "researchmachines"),
    "Ruckus": ("ruckus", "ruckuswireless"),
    "Samsung": ("samsung", "samsungelectronics"),
    "SMART Technologies": ("smarttechnologies", "smart", "smarttechnologiesulc"),
    "Sony": ("sony",),
    "Stone": ("stone", "stonecomputers", "stonegroup"),
    "Supermicro": ("supermicro", "supermicrocomputer"),
    "Synology": ("synology",),
    "Toshiba": ("toshiba", "toshibaclientsolutions"),
    "TP-Link": ("tplink", "tplinktechnologies"),
    "Ubiquiti": ("ubiquiti", "ubiquitinetworks", "ubnt"),
    "ViewSonic": ("viewsonic",),
    "Viglen": ("viglen",),
    "VMware": ("vmware",),
    "Xerox": ("xerox",),
    "Xiaomi": ("xiaomi",),
    "Zebra": ("zebra", "zebratechnologies"),
}
KNOWN: Mapping[str, str] = {way: name for name, ways in _WAYS.items() for way in ways}
"""The name of a maker, by the key of each way in which it is written."""
