"""How machines are set up to report, platform by platform; no I/O.

The options are those of GLPI Agent 1.20 and of Debian's FusionInventory Agent 2.6, as
their own documents have them: https://glpi-agent.readthedocs.io/ and its manual page.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from contracts import roles
from gateway.portal.visit.model import TECHNICIANS

READERS = TECHNICIANS | {roles.AUDITOR}
"""Who may know which keys there are; technicians alone make and withdraw them."""
PLACEHOLDER = "your-enrolment-key"
VERSION = "1.20"
LONGEST_NAME = 80
DOWNLOADS = "https://github.com/glpi-project/glpi-agent/releases"
_SAVED = "/var/tmp/joinedup-network"  # noqa: S108 - shown, never written by us

PLATFORMS: Mapping[str, str] = {
    "windows": "Windows",
    "macos": "macOS",
    "debian": "Debian and Ubuntu",
    "linux": "Other Linux",
    "network": "Printers and switches",
    "chromeos": "ChromeOS",
    "mobile": "Android and iPad",
}
REASONS = {
    "enrolment-key-refused": "The key is of another school than the URN",
    "device-of-another-school": "The machine reports for another school",
    "inventory-older": "It was older than what is known",
    "inventory-unreadable": "It could not be read",
    "inventory-unsupported": "It is no inventory, or of a kind that is not taken",
    "inventory-too-large": "It was too large",
}
MENDED = {
    "enrolment-key-refused": "Check the user: it is this school\u2019s URN",
    "device-of-another-school": "Move its asset here, or give it the key of"
    " the other school",
    "inventory-older": "Check the machine\u2019s clock",
}


@dataclass(frozen=True, slots=True)
class Step:
    """Something to do, and what to copy for it."""

    text: str
    copied: str = ""
    file: str = ""
    """The file that the text to copy stands in, where it is none to be run."""


@dataclass(frozen=True, slots=True)
class Access:
    """What an agent needs to report: where to, for whom, and by which key."""

    server: str
    urn: int
    key: str = PLACEHOLDER

    @property
    def settings(self) -> str:
        return f"server = {self.server}\nuser = {self.urn}\npassword = {self.key}\n"

    @property
    def address(self) -> str:
        """The server with the credentials in it, as the injector takes them."""
        scheme, _, rest = self.server.partition("://")
        return f"{scheme}://{self.urn}:{self.key}@{rest}"


def steps(platform: str, access: Access) -> Sequence[Step]:
    """Say what to do on a platform; none where no agent runs."""
    made = {
        "windows": _windows,
        "macos": _macos,
        "debian": _debian,
        "linux": _linux,
        "network": _network,
    }.get(platform)
    return made(access) if made else ()


def _windows(access: Access) -> list[Step]:
    file = f"GLPI-Agent-{VERSION}-x64.msi"
    install = (
        f"msiexec /i {file} /quiet SERVER={access.server} USER={access.urn}"
        f" PASSWORD={access.key} ADDLOCAL=feat_AGENT RUNNOW=1"
    )
    again = install.replace(" ADDLOCAL=feat_AGENT", " REINSTALL=feat_AGENT")
    return [
        Step(f"Download {file} from the makers\u2019 page of releases."),
        Step(
            "Run this as an administrator in the Command Prompt, not in PowerShell,"
            " which the installer does not take. For many machines, let your software"
            " deployment run the same line.",
            install,
        ),
        Step(
            "It reports at once, and then once a day. Where the agent is there"
            " already, change its settings with",
            again,
        ),
    ]


def _macos(access: Access) -> list[Step]:
    folder = "/Applications/GLPI-Agent/etc/conf.d"
    return [
        Step(
            f"Download GLPI-Agent-{VERSION}_arm64.pkg (Apple silicon) or"
            f" GLPI-Agent-{VERSION}_x86_64.pkg (Intel), and open it."
        ),
        Step("Write this file.", access.settings, f"{folder}/joinedup.cfg"),
        Step(
            "Let the agent start anew in the Terminal. It reports within the hour, and"
            " then once a day.",
            "sudo launchctl stop org.glpi-project.glpi-agent\n"
            "sudo launchctl start org.glpi-project.glpi-agent\n",
        ),
    ]


def _debian(access: Access) -> list[Step]:
    return [
        Step(
            "Install the agent that Debian and Ubuntu ship.",
            "sudo apt-get install fusioninventory-agent",
        ),
        Step(
            "Write this file, readable by root alone.",
            access.settings,
            "/etc/fusioninventory/conf.d/joinedup.cfg",
        ),
        Step(
            "Let it report now; its service does so once a day.",
            "sudo chmod 600 /etc/fusioninventory/conf.d/joinedup.cfg\n"
            "sudo fusioninventory-agent --force\n"
            "sudo systemctl enable --now fusioninventory-agent\n",
        ),
    ]


def _linux(access: Access) -> list[Step]:
    file = f"glpi-agent-{VERSION}-linux-installer.pl"
    return [
        Step(f"Download {file} from the makers\u2019 page of releases."),
        Step(
            "Install the agent as a service.",
            f"sudo perl {file} --install --service --server={access.server}",
        ),
        Step(
            "Write this file, readable by root alone.",
            access.settings,
            "/etc/glpi-agent/conf.d/joinedup.cfg",
        ),
        Step(
            "Let it report now; its service does so once a day.",
            "sudo chmod 600 /etc/glpi-agent/conf.d/joinedup.cfg\n"
            "sudo systemctl restart glpi-agent\n"
            "sudo glpi-agent --force\n",
        ),
    ]


def _network(access: Access) -> list[Step]:
    file = f"glpi-agent-{VERSION}-linux-installer.pl"
    return [
        Step(
            "Printers, switches and access points run no agent of their own: one"
            " machine that is always on asks them by SNMP. Turn SNMP on at each of"
            " them, for reading alone. On that machine install the agent with its"
            " tasks of the network.",
            f"sudo perl {file} --install --type=network --server={access.server}",
        ),
        Step(
            "Ask every address of a range, and keep what they answer. Put your own"
            " first and last address and community in.",
            "sudo glpi-netdiscovery --first 10.0.0.1 --last 10.0.0.254"
            f" --v2c --community public --inventory --threads 10 --save {_SAVED}",
        ),
        Step(
            "Send what was found. A nightly job of both lines keeps page counts and"
            " cartridges fresh.",
            f"sudo glpi-injector --recursive --directory {_SAVED} --remove"
            f" --url '{access.address}'",
        ),
    ]
