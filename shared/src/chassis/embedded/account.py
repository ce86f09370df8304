"""PostgreSQL refuses root: its programs run as an account that may own a cluster."""

import os
import pwd
import shutil
import stat
import subprocess
from collections.abc import Iterable
from pathlib import Path

OS_USER = "pgserver"
# Bits of the kernel's capability sets that let a process walk through closed folders.
WALK_CAPABILITIES = {"dac_read_search": 2, "dac_override": 1}


class AccountRefused(Exception):
    """The cluster's account cannot be made or cannot reach the cluster."""


def prefix(paths: Iterable[Path]) -> list[str]:
    """Return the words before a command that run it as the cluster's owner."""
    if os.geteuid() != 0:
        return []
    entry = owner()
    words = [
        _program("setpriv"),
        f"--reuid={entry.pw_uid}",
        f"--regid={entry.pw_gid}",
        "--clear-groups",
    ]
    closed = [folder for path in paths for folder in closed_folders(path)]
    if closed:
        capability = _walk_capability(closed[0])
        words += [f"--inh-caps=+{capability}", f"--ambient-caps=+{capability}"]
        # PostgreSQL asks access(2) for its own programs, and the kernel answers that
        # without capabilities unless told that they stay with a change of account.
        words += ["--securebits=+no_setuid_fixup"]
    return words


def owner() -> pwd.struct_passwd:
    """Return the OS account that owns clusters when we are root, made when missing."""
    try:
        return pwd.getpwnam(OS_USER)
    except KeyError:
        useradd = _program("useradd")
    subprocess.run(  # noqa: S603 - a fixed command
        [useradd, "--system", "--no-create-home", "--user-group", OS_USER],
        check=True,
        capture_output=True,
    )
    return pwd.getpwnam(OS_USER)


def give(path: Path) -> None:
    """Hand a path to the cluster's owner; nothing to do for an ordinary user."""
    if os.geteuid() == 0:
        entry = owner()
        os.chown(path, entry.pw_uid, entry.pw_gid)


def closed_folders(path: Path) -> list[Path]:
    """Return the folders above a path that other accounts may not walk through."""
    return [
        folder
        for folder in path.resolve().parents
        if not folder.stat().st_mode & stat.S_IXOTH
    ]


def _walk_capability(closed: Path) -> str:
    """Walking rights leave the folder's own permissions as their owner set them."""
    bounding = _bounding_set()
    for name, bit in WALK_CAPABILITIES.items():
        if bounding >> bit & 1:
            return name
    msg = f"{closed} is closed to the account {OS_USER}: run as an ordinary user"
    raise AccountRefused(msg)


def _bounding_set() -> int:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("CapBnd:"))
    return int(line.split()[1], 16)


def _program(name: str) -> str:
    path = shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
    if path is None:
        msg = f"PostgreSQL cannot run as root without {name}: run as an ordinary user"
        raise AccountRefused(msg)
    return path
