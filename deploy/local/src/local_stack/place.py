"""Where one stack lives: its folders and its ports, told by `JOINEDUP_*` variables."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from local_stack import installation as installations
from local_stack.installation import Installation
from local_stack.refusal import StackRefused

SERVICES = ("inventory", "servicedesk", "strategy", "gateway")
REALM = "joinedup"
COUNTIES = ("whole", "small")
NO_COUNTY = "none"
_COUNTY = "county"


@dataclass(frozen=True, slots=True)
class Place:
    """The folders and ports of one stack; two stacks differ in both."""

    root: Path
    run_dir: Path
    cache_dir: Path
    port_base: int
    public_port: int
    county: str = "whole"
    """Which demonstration county is loaded: the whole one, or a small one for tests."""
    installation: Installation | None = None
    """What a real LA's is; there is no demonstration beside it."""

    @property
    def installation_file(self) -> Path:
        """Return the file of what a real LA's installation was asked once."""
        return self.run_dir / installations.FILE

    @property
    def secrets_dir(self) -> Path:
        """Return the folder of what nobody else may read."""
        return self.run_dir / "secrets"

    @property
    def logs_dir(self) -> Path:
        """Return the folder with a log for each process."""
        return self.run_dir / "logs"

    @property
    def audit_dir(self) -> Path:
        """Return the folder of the audit's anchors, which no database reaches."""
        return self.run_dir / "audit"

    @property
    def done_dir(self) -> Path:
        """Return the folder that remembers finished first-start work."""
        return self.run_dir / "done"

    @property
    def kept_county(self) -> str | None:
        """Return which county the run folder holds, if it holds one."""
        return _kept_county(self.run_dir)

    @property
    def state_file(self) -> Path:
        """Return the file in which the supervisor says how each process is."""
        return self.run_dir / "state.json"

    @property
    def signins_file(self) -> Path:
        """Return the file with one sign-in for each role."""
        return self.run_dir / "signins.json"

    @property
    def public_url(self) -> str:
        """Return the address of the portal and the API, as browsers know it."""
        if self.installation is not None and self.installation.address is not None:
            return self.installation.address
        return f"http://127.0.0.1:{self.public_port}"

    @property
    def keycloak_url(self) -> str:
        """Return the address at which people sign in.

        By a name: browsers keep no passkey for an address in figures.
        """
        told = self.installation and self.installation.sign_on_address
        return told or f"http://localhost:{self.ports['keycloak']}"

    @property
    def keycloak_here(self) -> str:
        """Return where this machine itself reaches the sign-on."""
        return f"http://127.0.0.1:{self.ports['keycloak']}"

    @property
    def mail_url(self) -> str:
        """Return where what was sent by e-mail is read."""
        return f"http://127.0.0.1:{self.ports['mail']}"

    @property
    def sends_nothing(self) -> bool:
        """Say whether all that is sent by e-mail stays on this machine."""
        return self.installation is None or self.installation.mail is None

    @property
    def takes_mail_back(self) -> bool:
        """Say whether what cannot be delivered comes back to be noted."""
        mail = self.installation and self.installation.mail
        return bool(mail and mail.return_address)

    @property
    def is_behind_proxy(self) -> bool:
        """Say whether browsers come by another address than this machine's own."""
        return self.installation is not None and self.installation.address is not None

    @property
    def token_url(self) -> str:
        """Return where a client of the API gets its tokens."""
        return f"{self.keycloak_url}/realms/{REALM}/protocol/openid-connect/token"

    @property
    def ports(self) -> dict[str, int]:
        """Return every port of the stack under the name of its process."""
        offsets = {"postgres": 432, "nats": 422, "nats-monitor": 822}
        offsets |= {"keycloak": 80, "keycloak-management": 90}
        offsets |= {"mail-smtp": 25, "mail": 26}
        for number, service in enumerate(SERVICES[:3], start=1):
            offsets |= {service: number, f"{service}-worker": number + 10}
        offsets |= {"gateway-worker": 14, "gateway-returns": 27}
        taken = {name: self.port_base + offset for name, offset in offsets.items()}
        return taken | {"gateway": self.public_port}

    def port_setting(self, name: str) -> str:
        """Return the variable that moves a port elsewhere."""
        return "JOINEDUP_PORT" if name == "gateway" else "JOINEDUP_PORT_BASE"


def find(environ: Mapping[str, str] = os.environ) -> Place:
    """Return the stack that the environment speaks of, by default the checkout's."""
    root = Path(__file__).resolve().parents[4]
    run_dir = _folder(environ, "JOINEDUP_RUN_DIR", root / ".run")
    installation = installations.read(run_dir)
    wanted = environ.get("JOINEDUP_COUNTY") or _kept_county(run_dir) or COUNTIES[0]
    return Place(
        root=root,
        run_dir=run_dir,
        cache_dir=_folder(environ, "JOINEDUP_CACHE_DIR", root / ".cache"),
        port_base=int(environ.get("JOINEDUP_PORT_BASE", "20000")),
        public_port=int(environ.get("JOINEDUP_PORT", "8000")),
        county=NO_COUNTY if installation else _county(wanted),
        installation=installation,
    )


def keep_county(place: Place) -> None:
    """Remember which county the run folder holds from now on."""
    (place.run_dir / _COUNTY).write_text(place.county, "utf-8")


def _kept_county(run_dir: Path) -> str | None:
    path = run_dir / _COUNTY
    return path.read_text("utf-8") if path.exists() else None


def _county(size: str) -> str:
    if size not in COUNTIES:
        msg = f"JOINEDUP_COUNTY is {size}; it may be {' or '.join(COUNTIES)}."
        raise StackRefused(msg)
    return size


def _folder(environ: Mapping[str, str], name: str, default: Path) -> Path:
    return Path(environ.get(name) or default).absolute()
