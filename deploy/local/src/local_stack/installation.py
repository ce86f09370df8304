"""What `joinedup init` asks once of a real LA, and keeps in the run folder."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    ValidationError,
    model_validator,
)

from local_stack.refusal import StackRefused

FILE = "installation.json"
LONGEST_NAME = 18
"""Before the @ of a return address: with the token behind it, 64 are allowed."""
Security = Literal["starttls", "tls", "offered"]


def _address(text: str) -> str:
    """Take the address of a whole host; people's browsers keep secrets of it.

    Raises:
        ValueError: it is none, or is reached over the network without TLS.
    """
    parts = urlsplit(text.rstrip("/"))
    is_here = parts.hostname in {"127.0.0.1", "localhost"}
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("an address is like https://ict.example.org")
    if parts.path or parts.query or parts.fragment or parts.username:
        raise ValueError("an address ends with its host: there is nothing behind it")
    if parts.scheme == "http" and not is_here:
        raise ValueError("an address is https, or on this machine alone")
    return parts.geturl()


Address = Annotated[str, AfterValidator(_address)]


class _Kept(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Mail(_Kept):
    """Which server takes what is sent, as whom, and how it is kept from others."""

    host: str
    port: int = 587
    sender: str
    security: Security = "starttls"
    user: str | None = None
    password_file: Path | None = None
    """Read at each start; whoever may read it may send in our name."""
    return_address: str | None = None
    """Where what cannot be delivered comes back; None: to the sender, for a person."""

    @model_validator(mode="after")
    def _has_an_account_or_none(self) -> "Mail":
        if (self.user is None) != (self.password_file is None):
            raise ValueError("an account at a mail server has a user and a password")
        return self

    @model_validator(mode="after")
    def _can_take_mail_back(self) -> "Mail":
        """The service itself says the same of its setting, when it starts."""
        if self.return_address is not None:
            name, at, host = self.return_address.rpartition("@")
            if not (at and host and 0 < len(name) <= LONGEST_NAME) or "+" in name:
                raise ValueError(
                    "mail comes back to an address like bounces@ict.example.org, with"
                    f" {LONGEST_NAME} characters at most before the @, and no +"
                )
        return self


class Installation(_Kept):
    """A real LA on this machine: nothing of a demonstration is loaded for it."""

    la_code: str
    manager_name: str
    manager_email: str
    address: Address | None = None
    """Where browsers find the portal; None: at this machine's own port."""
    sign_on_address: Address | None = None
    mail: Mail | None = None
    """None: what is sent stays on this machine, on a page to read it."""

    @property
    def opening(self) -> str:
        """Return what the directory is told: the LA, and who is the first there."""
        told = {"la_code", "manager_name", "manager_email"}
        return self.model_dump_json(include=told)

    def complaints(self) -> Iterator[str]:
        """Yield a sentence for each file that it names and that is not there."""
        file = self.mail and self.mail.password_file
        if file and not file.is_file():
            yield f"The password for mail is to be in {file}: there is no such file."


def read(run_dir: Path) -> Installation | None:
    """Return what was asked, or None where a demonstration is or is to be.

    Raises:
        StackRefused: the file was damaged.
    """
    path = run_dir / FILE
    if not path.exists():
        return None
    try:
        return Installation.model_validate_json(path.read_text("utf-8"))
    except ValidationError as wrong:
        msg = f"{path} is damaged: delete it, and set the LA up with `joinedup init`."
        raise StackRefused(msg) from wrong
