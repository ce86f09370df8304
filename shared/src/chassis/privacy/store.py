"""One function per statement on the values in the audit: they alone are erased."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from chassis import sql
from chassis.audit import model as audit
from chassis.db import Tx
from chassis.privacy.model import Row, Subject


@dataclass(frozen=True, slots=True)
class Stretch:
    """How far an erasure went through the record, and of how many entries it erased."""

    last_id: UUID | None
    erased: int


_QUERIES = sql.load("chassis.privacy")
_TELL = _QUERIES.rows("tell_record", Row, planned_anew=True)
_ERASE = _QUERIES.rows("erase_record", Stretch, planned_anew=True)
_EXPIRE = _QUERIES.command("expire_record", planned_anew=True)
_EXPIRE_UNPLACED = _QUERIES.command("expire_unplaced_record", planned_anew=True)


async def tell_record(tx: Tx, la_codes: Sequence[str], subject: Subject) -> list[Row]:
    asked = {"la_codes": list(la_codes), "person": str(subject.person_id)}
    return await tx.all(_TELL, asked)


async def erase_record(
    tx: Tx,
    la_codes: Sequence[str],
    subject: Subject,
    page: tuple[UUID | None, int],
) -> Stretch:
    """Erase within a stretch: after which entry it begins, and of how many it is."""
    asked = {
        "la_codes": list(la_codes),
        "person": str(subject.person_id),
        "pattern": subject.pattern,
        "after": page[0],
        "page_size": page[1],
    }
    return await tx.one(_ERASE, asked)


async def expire_record(
    tx: Tx, la_codes: Sequence[str], before: datetime, page_size: int
) -> int:
    asked = {
        "la_codes": list(la_codes),
        "before_id": audit.first_id_at(before),
        "page_size": page_size,
    }
    return await tx.run(_EXPIRE, asked)


async def expire_unplaced_record(tx: Tx, before: datetime, page_size: int) -> int:
    asked = {"before_id": audit.first_id_at(before), "page_size": page_size}
    return await tx.run(_EXPIRE_UNPLACED, asked)
