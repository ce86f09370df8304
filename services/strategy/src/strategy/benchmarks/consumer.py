"""Follows every handler of facts: the comparison of an LA changes with its facts."""

from datetime import datetime

from chassis import db
from strategy.benchmarks import service


async def compare(tx: db.Tx, la_code: str, happened_at: datetime) -> None:
    """Make the LA's comparison anew, in the transaction in which its facts are applied.

    Nobody ever reads the one without the other.
    """
    await service.keep_comparison(tx, la_code, happened_at)
