"""How support is worded and kept as a file; no I/O."""

from collections.abc import Iterator, Sequence
from datetime import date

from gateway.portal.support.schemas import Release, Support, Windows11
from gateway.portal.tables.export import Row
from gateway.portal.tables.model import Column

STATES = {
    "ended": "Out of support",
    "security-only": "Security updates only",
    "supported": "Supported",
    "no-end-announced": "Supported, no end announced",
    "unknown": "Not known",
}
"""The worst first."""
SHORT = {
    "ended": "Out of support",
    "security-only": "Security only",
    "supported": "Supported",
    "no-end-announced": "No end set",
    "unknown": "Not known",
}
"""As the headings of a table with a column for each."""
TONES = {
    "ended": "bad",
    "security-only": "warn",
    "supported": "good",
    "no-end-announced": "good",
    "unknown": "quiet",
}
READINESS = {
    "runs-it": "Runs Windows 11",
    "ready": "Ready for Windows 11",
    "not-ready": "Cannot run Windows 11",
    "unknown": "Not known",
}
"""As the list is filtered; of other systems there is nothing to say."""
READINESS_TONES = {
    "runs-it": "good",
    "ready": "note",
    "not-ready": "bad",
    "unknown": "quiet",
}
PARTS = {
    "processor": "processor",
    "memory": "memory",
    "storage": "storage",
    "tpm": "TPM 2.0",
}
PRODUCTS = {
    "windows": "Windows",
    "windows-server": "Windows Server",
    "macos": "macOS",
    "ipados": "iPadOS",
    "ios": "iOS",
    "android": "Android",
    "chromeos": "ChromeOS",
    "ubuntu": "Ubuntu",
    "debian": "Debian",
    "linuxmint": "Linux Mint",
    "fedora": "Fedora",
    "chrome": "Google Chrome",
    "firefox": "Mozilla Firefox",
    "office": "Microsoft Office",
    "libreoffice": "LibreOffice",
}
COLUMNS = (
    Column("by", "Counted by"),
    Column("name", "What"),
    Column("state", "State"),
    Column("ends_on", "Supported until", "day"),
    Column("devices", "Machines", "number"),
)


def link(row: Release) -> dict[str, str]:
    """Say which machines have a release, as the list of machines takes it."""
    where = {"product": row.product, "cycle": row.cycle or "", "state": row.state}
    return {key: value for key, value in where.items() if value}


def said(found: Windows11) -> str:
    """Say whether a machine can run Windows 11, and what it lacks."""
    words = READINESS.get(found.readiness, "")
    if found.lacks:
        return f"{words}: {parts(found.lacks)}"
    if found.readiness == "unknown":
        return f"{words}: {parts(found.unknown)}"
    return words


def parts(names: Sequence[str]) -> str:
    return ", ".join(PARTS.get(name, name) for name in names)


def table(support: Support) -> Iterator[Row]:
    """Write the support of a place as the rows of its file."""
    for state, words in STATES.items():
        number: int = getattr(support.states, state.replace("-", "_"))
        yield _row("State", words, words, None, number)
    for row in support.systems:
        yield _row("System", row.named, STATES[row.state], row.ends_on, row.devices)
    for row in support.software:
        yield _row("Software", row.named, STATES[row.state], row.ends_on, row.devices)
    for one in support.unmatched:
        told = one.says or "Nothing said"
        yield _row("Not known", told, "Not known", None, one.devices)
    for key, words in READINESS.items():
        number = getattr(support.windows_11, key.replace("-", "_"))
        yield _row("Windows 11", words, words, None, number)
    for school in support.schools or []:
        for state, words in STATES.items():
            number = getattr(school, state.replace("-", "_"))
            yield _row("School", school.school_name, words, None, number)


def _row(by: str, name: str, state: str, ends_on: date | None, devices: int) -> Row:
    return [by, name, state, ends_on, devices]
