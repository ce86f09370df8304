"""What the gateway is told from outside, beside what every service is told."""

from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from chassis.settings import ServiceSettings


class GatewaySettings(ServiceSettings):
    """Settings of the gateway; see `ServiceSettings` for how they are read."""

    port: int = 8000
    worker_port: int = 20014
    public_url: str = "http://127.0.0.1:8000"
    """The address that browsers use; never taken from a request."""
    internal_key_file: Path
    """Private JWK set (ES256) that signs internal tokens; the first key signs."""
    session_key_file: Path
    """Fernet keys, newest first, one a line: seal tokens and cookies."""
    keycloak_url: str = "http://127.0.0.1:20080"
    keycloak_realm: str = "joinedup"
    portal_client_id: str = "joinedup-portal"
    portal_client_secret_file: Path
    clients_client_id: str = "joinedup-clients"
    """As this client the worker keeps API clients at Keycloak."""
    clients_client_secret_file: Path | None = None
    """The worker's alone; without it no API client comes to Keycloak."""
    people_client_id: str = "joinedup-people"
    """As this client the worker keeps people at Keycloak."""
    people_client_secret_file: Path | None = None
    """The worker's alone; without it nobody is brought to Keycloak."""
    api_audience: str = "joinedup-api"
    """The audience that an API client's access token must name."""
    inventory_url: str = "http://127.0.0.1:20001"
    servicedesk_url: str = "http://127.0.0.1:20002"
    strategy_url: str = "http://127.0.0.1:20003"
    trusted_proxies: frozenset[str] = frozenset()
    """Addresses of proxies of ours in front: they are believed whom they speak for."""
    assets_dir: Path | None = None
    """Built styles and scripts of the portal."""

    smtp_host: str = "127.0.0.1"
    smtp_port: int = 20025
    smtp_from: str = "Joinedup <no-reply@joinedup.example>"
    smtp_user: str | None = None
    smtp_password_file: Path | None = None
    smtp_security: Literal["offered", "starttls", "tls"] | None = None
    """None takes what is offered, and insists on STARTTLS where a password is sent."""

    smtp_return: str | None = None
    """Where what cannot be delivered comes back, with `+` and a token before the @.
    None: to `smtp_from`, where a person reads it."""
    returns_host: str = "127.0.0.1"
    returns_port: int = 20027
    returns_protocol: Literal["lmtp", "smtp"] = "lmtp"
    """How the mail host brings it."""

    forward_seconds: float = 10
    forward_slots: int = 32
    """Requests in flight to one service; as many again and half wait in a queue."""
    forward_wait_seconds: float = 0.15
    live_streams: int = 256
    """Open pages that are kept up to date by one process; fewer than `PER_ADDRESS`."""
    session_idle_minutes: int = 30
    session_hours: int = 10
    grace_minutes: int = 60
    """How long sessions go on while Keycloak does not answer."""

    @property
    def origin(self) -> str:
        parts = urlsplit(self.public_url)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def issuer_origin(self) -> str:
        parts = urlsplit(self.keycloak_url)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def service_urls(self) -> dict[str, str]:
        return {
            "inventory": self.inventory_url,
            "servicedesk": self.servicedesk_url,
            "strategy": self.strategy_url,
        }
