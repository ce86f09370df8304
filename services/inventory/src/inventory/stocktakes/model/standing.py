"""How a stock-take stands: the register beside what was scanned."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Literal, get_args
from uuid import UUID

from inventory.assets.model import Asset
from inventory.stocktakes.model import takes
from inventory.stocktakes.model.takes import (
    Counts,
    Kept,
    Line,
    LineStanding,
    Outcome,
    Result,
    Scan,
    Spot,
    Standing,
    StockTake,
)

_IN_ORDER: tuple[LineStanding, ...] = (*get_args(Standing), "late")
_SORTED_BY = 60
"""Characters of a tag or code that the order goes by: a cursor has to hold them."""
_NOT_SCANNED: frozenset[LineStanding] = frozenset({"missing", "on-loan"})


def spot_of(asset: Asset) -> Spot:
    return Spot(asset.site, asset.building, asset.room)


def lines(
    at: Spot,
    expected: Iterable[Asset],
    scanned: Mapping[UUID, Asset],
    scans: Sequence[Kept],
    out: Collection[UUID],
) -> list[Line]:
    """Lay the register beside what was scanned: each asset once, and each code.

    `expected` is kit in use that is said to be there, `scanned` what was scanned of the
    school's, by id; `out` is what somebody has. A scan of what the school has no more
    stays as its code.
    """
    first: dict[UUID, Kept] = {}
    codes: dict[str, Kept] = {}
    for scan in scans:
        if scan.asset_id is not None and scan.asset_id in scanned:
            first.setdefault(scan.asset_id, scan)
        else:
            codes.setdefault(scan.code.lower(), scan)
    there = [_scanned(scanned[each], at, scan, out) for each, scan in first.items()]
    rest = [_unseen(asset, out) for asset in expected if asset.asset_id not in first]
    return [*there, *rest, *(unknown(scan) for scan in codes.values())]


def found_as(asset: Asset, at: Spot) -> Literal["found", "elsewhere", "not-in-use"]:
    """Say how a piece of kit stands that was scanned in a room."""
    if asset.status != "in-use":
        return "not-in-use"
    return "found" if spot_of(asset).key == at.key else "elsewhere"


def unknown(scan: Kept, as_what: LineStanding = "unknown") -> Line:
    """Keep a code of which nothing more is known."""
    return Line(
        line_id=scan.scan_id,
        standing=as_what,
        code=scan.code,
        asset_id=None,
        tag=None,
        category=None,
        manufacturer=None,
        model=None,
        serial=None,
        site=None,
        building=None,
        room=None,
        status=None,
        asset_version=None,
        is_out=False,
        bearers=scan.bearers,
        scanned_at=scan.scanned_at,
    )


def count(told: Sequence[Line]) -> Counts:
    number = dict.fromkeys(_IN_ORDER, 0)
    for line in told:
        number[line.standing] += 1
    return Counts(
        expected=number["found"] + number["missing"],
        found=number["found"],
        missing=number["missing"],
        elsewhere=number["elsewhere"],
        not_in_use=number["not-in-use"],
        on_loan=number["on-loan"],
        unknown=number["unknown"],
    )


def key_of(line: Line) -> tuple[int, str, str]:
    """Say where a line stands among the others: what needs somebody goes first."""
    name = (line.tag or line.code or "").lower()[:_SORTED_BY]
    return _IN_ORDER.index(line.standing), name, str(line.line_id)


def seen(told: Iterable[Line]) -> list[Line]:
    """Say which kit somebody held in their hands."""
    return [
        line
        for line in told
        if line.asset_id is not None and line.standing not in _NOT_SCANNED
    ]


def outcomes(
    take: StockTake,
    fresh: Sequence[Scan],
    earlier: Iterable[Kept],
    bearers: Mapping[str, Sequence[UUID]],
    known: Mapping[UUID, Asset],
    out: Collection[UUID],
) -> list[Outcome]:
    """Say what comes of each of some scans, in their order.

    `known` are the school's assets that alone bear one of the codes. A thing or a code
    that came before is repeated, by whatever code and from whichever device.
    """
    things = {each.asset_id for each in earlier if each.asset_id is not None}
    codes = {each.code.lower() for each in earlier}
    told: list[Outcome] = []
    for scan in fresh:
        found = bearers.get(scan.code, ())
        asset = known.get(found[0]) if len(found) == 1 else None
        is_known = scan.code.lower() in codes or (asset and asset.asset_id in things)
        if is_known:
            asset_id = asset.asset_id if asset else None
            told.append(Outcome(scan.scan_id, "repeated", asset_id, len(found)))
        else:
            told.append(_outcome(take, scan, asset, len(found), out))
        codes.add(scan.code.lower())
        if asset:
            things.add(asset.asset_id)
    return told


def found_again(scan: Kept, bearers: Sequence[UUID]) -> Kept:
    """Say by what the register says now what a scan was of."""
    alone = bearers[0] if len(bearers) == 1 else None
    return replace(scan, asset_id=alone, bearers=len(bearers))


def _outcome(
    take: StockTake,
    scan: Scan,
    asset: Asset | None,
    bearers: int,
    out: Collection[UUID],
) -> Outcome:
    asset_id = asset.asset_id if asset else None
    if take.state != "open":
        return Outcome(scan.scan_id, "late", asset_id, bearers, takes.ended(take))
    if asset is None:
        return Outcome(scan.scan_id, "unknown", None, bearers, _of_code(scan, bearers))
    found = found_as(asset, take.spot)
    said = _said(asset, found, asset.asset_id in out)
    return Outcome(scan.scan_id, found, asset_id, bearers, said)


def _said(asset: Asset, found: Result, is_out: bool) -> str | None:
    words: list[str] = []
    if found == "elsewhere":
        words.append(f"The register says {takes.where(spot_of(asset))}")
    if found == "not-in-use":
        words.append(f"The register says that it is {asset.status}")
    if is_out:
        words.append("Somebody has it by the register: take it back")
    return ". ".join(words) or None


def _of_code(scan: Scan, bearers: int) -> str:
    if bearers:
        return f"{bearers} assets bear {scan.code}: scan the tag"
    return f"No asset of this school bears {scan.code}"


def _unseen(asset: Asset, out: Collection[UUID]) -> Line:
    """Tell of kit that should be there: what somebody has is expected to be away."""
    is_out = asset.asset_id in out
    return _line(asset, "on-loan" if is_out else "missing", None, is_out)


def _scanned(asset: Asset, at: Spot, scan: Kept, out: Collection[UUID]) -> Line:
    return _line(asset, found_as(asset, at), scan, asset.asset_id in out)


def _line(asset: Asset, as_what: Standing, scan: Kept | None, is_out: bool) -> Line:
    return Line(
        line_id=asset.asset_id,
        standing=as_what,
        code=scan.code if scan else None,
        asset_id=asset.asset_id,
        tag=asset.tag,
        category=asset.category,
        manufacturer=asset.manufacturer,
        model=asset.model,
        serial=asset.serial,
        site=asset.site,
        building=asset.building,
        room=asset.room,
        status=asset.status,
        asset_version=asset.version,
        is_out=is_out,
        bearers=scan.bearers if scan else 0,
        scanned_at=scan.scanned_at if scan else None,
    )
