"""Keycloak is fetched and built once for each checkout, and served for each stack."""

import contextlib
import hashlib
import http.client
import os
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

from local_stack import secret_files
from local_stack.place import Place
from local_stack.refusal import StackRefused

VERSION = "26.7.3"
ARTIFACT = f"org.keycloak:keycloak-quarkus-dist:{VERSION}:zip"
ZIP_SHA256 = "27a6535553c3cdcd083872ba40629efafb3475e3b758e0c6f691395561dd0f1f"
JAVA_AT_LEAST = 17
ADMIN_CLIENT = "joinedup-provisioner"
BUILD_OPTIONS = ("--db=postgres", "--cache=local", "--health-enabled=true")
# Quick to start and small: one compiler tier and one collector thread are plenty for
# the sign-ins of one machine (4.5 s and 320 MB against 6.2 s and 427 MB).
JAVA_OPTS = (
    "-Xms64m",
    "-Xmx384m",
    "-XX:MetaspaceSize=96M",
    "-XX:MaxMetaspaceSize=256m",
    "-XX:+UseSerialGC",
    "-XX:TieredStopAtLevel=1",
    "-XX:ReservedCodeCacheSize=96m",
    "-XX:+ExitOnOutOfMemoryError",
    "-Dfile.encoding=UTF-8",
    "-Djava.security.egd=file:/dev/urandom",
)


def home(place: Place) -> Path:
    """Return the folder of the built server."""
    return place.cache_dir / f"keycloak-{VERSION}"


def themes(place: Place) -> Path:
    """Return the folder of our own pages; the build of the portal dresses them."""
    return place.root / "deploy" / "keycloak" / "themes"


def ensure_built(place: Place, say: Callable[[str], None]) -> None:
    """Fetch and build the server unless that was done; a broken off try is redone."""
    if home(place).exists():
        return
    check_java()
    place.cache_dir.mkdir(parents=True, exist_ok=True)
    draft = place.cache_dir / f"keycloak-draft-{os.getpid()}"
    try:
        say(f"Fetching Keycloak {VERSION} (170 MB) with Maven")
        unpacked = _unpack(_fetch(draft), draft)
        say("Building Keycloak for PostgreSQL (about 20 s)")
        _build(unpacked)
        # Another command may have finished the same work first: theirs is as good.
        with contextlib.suppress(OSError):
            unpacked.rename(home(place))
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def check_java() -> None:
    """Refuse when there is no Java that Keycloak can run on."""
    version = java_version()
    if version is None:
        found = "Java is missing"
    elif version < JAVA_AT_LEAST:
        found = f"Java {version} is too old for Keycloak"
    else:
        return
    how = "on Debian with `apt-get install openjdk-17-jre-headless`"
    raise StackRefused(f"{found}: install Java {JAVA_AT_LEAST} or newer, {how}.")


def java_version() -> int | None:
    """Return the major version of the Java in use, or None without one."""
    java = _java()
    if java is None:
        return None
    answer = subprocess.run([java, "-version"], capture_output=True, check=False)  # noqa: S603 - asks the found program for its version
    found = re.search(rb'version "(\d+)', answer.stderr + answer.stdout)
    return int(found.group(1)) if found else None


def command(place: Place) -> list[str]:
    """Return the command that serves sign-on for this stack."""
    return [
        str(home(place) / "bin" / "kc.sh"),
        "start",
        "--optimized",
        "--http-enabled=true",
        "--http-host=127.0.0.1",
        f"--http-port={place.ports['keycloak']}",
        f"--http-management-port={place.ports['keycloak-management']}",
        "--http-management-scheme=http",
        f"--hostname={place.keycloak_url}",
        f"--spi-theme--folder--dir={themes(place)}",
        "--db-pool-initial-size=2",
        "--db-pool-max-size=20",
        "--log-level=warn,io.quarkus:info,org.keycloak.events:info",
        *_proxy(place),
    ]


def _proxy(place: Place) -> list[str]:
    """Behind a proxy of this machine, it alone is believed whom it speaks for."""
    if place.installation is None or place.installation.sign_on_address is None:
        return []
    return ["--proxy-headers=xforwarded", "--proxy-trusted-addresses=127.0.0.1"]


def environment(place: Place) -> dict[str, str]:
    """Return what the server is told beside its command: mostly secrets."""
    return {
        "JAVA_OPTS": " ".join(JAVA_OPTS),
        "KC_DB_URL": f"jdbc:postgresql://127.0.0.1:{place.ports['postgres']}/keycloak",
        "KC_DB_USERNAME": "keycloak",
        "KC_DB_PASSWORD": secret_files.password(place, "postgres-keycloak"),
        "KC_BOOTSTRAP_ADMIN_CLIENT_ID": ADMIN_CLIENT,
        "KC_BOOTSTRAP_ADMIN_CLIENT_SECRET": admin_secret(place),
        # The theme's way back to the portal.
        "JOINEDUP_PUBLIC_URL": place.public_url,
    }


def admin_secret(place: Place) -> str:
    """Return the secret of the client that provisions the realm."""
    return secret_files.password(place, "keycloak-provisioner")


def _java() -> str | None:
    java_home = os.environ.get("JAVA_HOME")
    if java_home:
        return shutil.which("java", path=f"{java_home}/bin")
    return shutil.which("java")


def _fetch(folder: Path) -> Path:
    maven = shutil.which("mvn")
    if maven is None:
        msg = "Maven is missing: install it, on Debian with `apt-get install maven`."
        raise StackRefused(msg)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    goal = ["dependency:copy", f"-Dartifact={ARTIFACT}", f"-DoutputDirectory={folder}"]
    _run([maven, "-q", "-B", *goal], "Maven could not fetch Keycloak")
    archive = next(folder.glob("*.zip"))
    with archive.open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != ZIP_SHA256:
            msg = f"The fetched Keycloak {VERSION} is not the one this release expects."
            raise StackRefused(msg)
    return archive


def _unpack(archive: Path, folder: Path) -> Path:
    with zipfile.ZipFile(archive) as content:
        content.extractall(folder)
    archive.unlink()
    unpacked = folder / f"keycloak-{VERSION}"
    for script in (unpacked / "bin").glob("*.sh"):
        script.chmod(0o755)
    return unpacked


def _build(unpacked: Path) -> None:
    script = str(unpacked / "bin" / "kc.sh")
    _run([script, "build", *BUILD_OPTIONS], "Keycloak could not be built")


def _run(words: list[str], complaint: str) -> None:
    done = subprocess.run(  # noqa: S603 - commands of our own making
        words, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
    )
    if done.returncode != 0:
        msg = f"{complaint}: {(done.stdout + done.stderr).strip()[-600:]}"
        raise StackRefused(msg)


def is_ready(place: Place) -> bool:
    """Say whether people can sign in, as the management port tells it."""
    port = place.ports["keycloak-management"]
    return answers(port, "/health/ready")


def answers(port: int, path: str) -> bool:
    """Say whether a health address on loopback answers that all is well."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
