"""What a scan says, and what comes of it; nothing here touches the world."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, cast
from uuid import UUID

from chassis import errors
from chassis.errors import Fault
from inventory.assets.model import Asset
from inventory.custody import model as custody
from inventory.custody.model import Custody, HolderKind, Purpose, Terms

Action = Literal["issue", "return"]
Result = Literal["taken", "repeated", "held-already", "conflict"]
Settled = Literal["kept", "taken"]
MOST = 500
_LABEL = re.compile(r"/label/([0-9a-f]{32})/?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Scan:
    """A code that somebody scanned, and what was to happen to what bears it."""

    scan_id: UUID
    scanned_at: datetime
    code: str
    action: Action
    holder_kind: HolderKind | None
    holder_name: str | None
    holder_reference: str | None
    purpose: Purpose | None
    due_on: date | None

    @property
    def terms(self) -> Terms:
        """Say whom the thing goes to, as custody takes it."""
        return Terms(
            self.holder_kind or "person",
            self.holder_name or "",
            self.holder_reference,
            self.purpose or "loan",
            self.scanned_at,
            self.due_on,
            None,
        )


@dataclass(frozen=True, slots=True)
class Kept:
    """A scan as it was kept, and what came of it."""

    scan_id: UUID
    la_code: str
    school_id: UUID
    school_urn: int
    session: UUID
    scanned_at: datetime
    code: str
    action: Action
    holder_kind: HolderKind | None
    holder_name: str | None
    holder_reference: str | None
    purpose: Purpose | None
    due_on: date | None
    asset_id: UUID | None
    custody_id: UUID | None
    result: Result
    reason: str | None
    detail: str | None
    settled_as: Settled | None

    @property
    def scan(self) -> Scan:
        return Scan(
            self.scan_id,
            self.scanned_at,
            self.code,
            self.action,
            self.holder_kind,
            self.holder_name,
            self.holder_reference,
            self.purpose,
            self.due_on,
        )


@dataclass(frozen=True, slots=True)
class Found:
    """An asset that bears a code."""

    code: str
    asset_id: UUID


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a scan: why not, in words that say what is true now."""

    scan_id: UUID
    result: Result
    asset_id: UUID | None = None
    custody_id: UUID | None = None
    reason: str | None = None
    detail: str | None = None


class ScanNotFound(errors.NotFound):
    """No such scan, or none that the caller may know of: said alike."""

    slug = "scan-not-found"
    title = "There is no such scan within your scope"


class ScanSettled(errors.Conflict):
    """Nothing of it is left to be settled."""

    slug = "scan-settled"
    title = "Nothing of this scan is left to be settled"


class ScanNotToTake(errors.Conflict):
    """What the scan says cannot be: what is true stays."""

    slug = "scan-not-to-take"
    title = "What this scan says cannot be taken"


class HolderMissing(errors.Conflict):
    """A scan gives a thing out, and to nobody."""

    slug = "scan-holder-missing"
    title = "Say who gets it"


def require_holder(scan: Scan) -> None:
    """Refuse to give a thing out to nobody.

    Raises:
        HolderMissing: the scan names no holder.
    """
    if scan.holder_name is None:
        raise HolderMissing


def label_of(code: str) -> UUID | None:
    """Read the asset's id off the address on one of our labels."""
    found = _LABEL.search(code)
    return UUID(found[1]) if found else None


def in_order(scans: Sequence[Scan]) -> list[Scan]:
    """Put scans in the order in which they were made, each once."""
    once = {each.scan_id: each for each in reversed(scans)}
    return sorted(once.values(), key=lambda each: each.scanned_at)


def conflict(scan: Scan, asset_id: UUID | None, refusal: errors.Refusal) -> Outcome:
    """Say why a scan is not taken, and what is true."""
    faults = cast("Sequence[Fault]", refusal.members.get("errors") or ())
    detail = faults[0].detail if faults else refusal.detail
    return Outcome(
        scan.scan_id, "conflict", asset_id, reason=refusal.slug, detail=detail
    )


def unknown(scan: Scan, bearers: int) -> Outcome:
    """Say that no asset of the school bears a code, or that several do."""
    if bearers:
        said = f"{bearers} assets bear {scan.code}: scan the tag"
        return Outcome(scan.scan_id, "conflict", reason="code-unclear", detail=said)
    said = f"No asset of this school bears {scan.code}"
    return Outcome(scan.scan_id, "conflict", reason="code-unknown", detail=said)


def blocking(scan: Scan, known: Sequence[Custody]) -> Custody | None:
    """Find who has a thing, or had it when it was scanned or later."""
    since = scan.scanned_at
    late = [
        each for each in known if each.returned_at is None or each.returned_at > since
    ]
    return max(late, key=lambda each: each.issued_at, default=None)


def has_already(scan: Scan, known: Sequence[Custody]) -> Custody | None:
    """Find the custody by which the one whom a scan names has the thing already."""
    name = (scan.holder_name or "").casefold()
    return next(
        (
            each
            for each in known
            if each.returned_at is None
            and each.holder_kind == (scan.holder_kind or "person")
            and each.holder_name.casefold() == name
        ),
        None,
    )


def out_of(asset: Asset, known: Sequence[Custody]) -> Custody:
    """Find the custody that a return ends.

    Raises:
        custody.CustodyReturned: nobody has it; says who had it last.
    """
    found = next((each for each in known if each.returned_at is None), None)
    if found is not None:
        return found
    last = max(known, key=lambda each: each.issued_at, default=None)
    if last is None or last.returned_at is None:
        raise custody.CustodyReturned(f"Nobody has {asset.tag}")
    on = custody.written(last.returned_at)
    raise custody.CustodyReturned(
        f"Nobody has {asset.tag}: {last.holder_name} gave it back on {on}"
    )
