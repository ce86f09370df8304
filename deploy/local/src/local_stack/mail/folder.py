"""The messages that were sent: a file each, the newest kept."""

import re
import secrets
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from local_stack.mail import model
from local_stack.mail.model import Message

MOST = 500
_NAME = re.compile(r"\d{8}T\d{12}-[0-9a-f]{8}")
_MOMENT = "%Y%m%dT%H%M%S%f"


def keep(folder: Path, content: bytes) -> str:
    """Keep a message whole, forget the oldest, and return its id."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    message_id = f"{datetime.now(UTC).strftime(_MOMENT)}-{secrets.token_hex(4)}"
    draft = folder / f"{message_id}.draft"
    draft.write_bytes(content)
    draft.rename(folder / f"{message_id}.eml")
    for old in sorted(folder.glob("*.eml"))[:-MOST]:
        old.unlink(missing_ok=True)
    return message_id


def newest(folder: Path, address: str = "") -> list[Message]:
    """List what was sent, the newest first; to one address, if one is given."""
    files = sorted(folder.glob("*.eml"), reverse=True)
    found = [_read(file) for file in files]
    wanted = address.casefold()
    return [message for message in found if wanted in message.to.casefold()]


def get(folder: Path, message_id: str) -> Message | None:
    """Find a message by its id."""
    file = folder / f"{message_id}.eml"
    if not _NAME.fullmatch(message_id) or not file.exists():
        return None
    return _read(file)


def clear(folder: Path) -> None:
    """Throw every message away."""
    for file in folder.glob("*.eml"):
        file.unlink(missing_ok=True)


@lru_cache(MOST)
def _read(file: Path) -> Message:
    """Read a message once: its file never changes, and no other has its name."""
    said = file.stem.partition("-")[0]
    moment = datetime.strptime(said, _MOMENT).replace(tzinfo=UTC)
    return model.read(file.stem, file.read_bytes(), moment)
