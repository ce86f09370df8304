"""First-start work is remembered by the digest of what it was made from."""

import hashlib

from local_stack import secret_files
from local_stack.place import Place


def digest(*parts: str) -> str:
    """Return a short name for exactly these texts."""
    whole = "\0".join(parts).encode()
    return hashlib.sha256(whole).hexdigest()


def is_done(place: Place, work: str, wanted: str) -> bool:
    """Say whether this work was finished for exactly these inputs."""
    path = place.done_dir / work
    return path.exists() and path.read_text(encoding="utf-8").strip() == wanted


def remember(place: Place, work: str, wanted: str) -> None:
    """Keep that the work is finished."""
    secret_files.write(place.done_dir / work, wanted)
