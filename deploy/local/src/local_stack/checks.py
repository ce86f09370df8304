"""What a stack needs of its machine; each thing missing is told in one sentence."""

import os
import pwd
import shutil
from collections.abc import Iterator
from pathlib import Path

import psutil

from chassis.embedded import account, child, nats, postgres
from local_stack import keycloak_server
from local_stack.place import Place
from local_stack.refusal import StackRefused

LEAST_FREE_BYTES = 2 * 1024**3


def complaints(place: Place, *, with_ports: bool) -> Iterator[str]:
    """Yield a sentence for each thing that stands in the way of a start."""
    yield from _owner(place)
    yield from _county(place)
    if place.installation is not None:
        yield from place.installation.complaints()
    yield from _disk(place)
    yield from _programs(place)
    if with_ports:
        yield from _ports(place)


def _owner(place: Place) -> Iterator[str]:
    folder = place.run_dir
    if folder.exists() and folder.stat().st_uid != os.geteuid():
        name = _user_name(folder.stat().st_uid)
        yield (
            f"{folder} belongs to {name}: run this as {name}, "
            "or set JOINEDUP_RUN_DIR to a folder of your own."
        )


def _county(place: Place) -> Iterator[str]:
    held = place.kept_county
    if held is not None and held != place.county:
        yield (
            f"{place.run_dir} holds the {held} county: leave JOINEDUP_COUNTY away to "
            f"go on with it, or `make reset` to start with the {place.county} one."
        )


def _disk(place: Place) -> Iterator[str]:
    for folder in (place.run_dir, place.cache_dir):
        existing = _existing(folder)
        if shutil.disk_usage(existing).free < LEAST_FREE_BYTES:
            yield (
                f"The disk under {existing} has less than 2 GiB free: make room, "
                "or set JOINEDUP_RUN_DIR and JOINEDUP_CACHE_DIR to another disk."
            )
            return


def _programs(place: Place) -> Iterator[str]:
    try:
        keycloak_server.check_java()
    except StackRefused as refused:
        yield str(refused)
    if not keycloak_server.home(place).exists() and shutil.which("mvn") is None:
        yield "Maven is missing: install it, on Debian with `apt-get install maven`."
    try:
        account.prefix([postgres.binaries()])
        nats.program()
    except (account.AccountRefused, postgres.ClusterRefused, nats.BrokerRefused) as no:
        yield f"{no}."


def _ports(place: Place) -> Iterator[str]:
    for name, port in place.ports.items():
        if child.listens(port):
            setting = place.port_setting(name)
            yield (
                f"Port {port} ({name}) is taken by {_listener(port)}: "
                f"end that, or set {setting} to use another."
            )


def _listener(port: int) -> str:
    try:
        connections = psutil.net_connections("tcp")
    except psutil.AccessDenied:
        return "another program"
    for one in connections:
        # An address is a pair, or nothing for a socket without one.
        is_ours = tuple(one.laddr)[1:] == (port,)
        if is_ours and one.status == psutil.CONN_LISTEN and one.pid:
            return f"{_process_name(one.pid)} (process {one.pid})"
    return "another program"


def _process_name(pid: int) -> str:
    try:
        return psutil.Process(pid).name()
    except psutil.NoSuchProcess:
        return "a program that has just ended"


def _user_name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"user {uid}"


def _existing(folder: Path) -> Path:
    return next(path for path in (folder, *folder.parents) if path.exists())
