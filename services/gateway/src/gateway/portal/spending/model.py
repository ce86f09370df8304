"""What consumables cost, in words and as a file; no I/O."""

from collections.abc import Mapping

from gateway.portal.spending.schemas import Month
from gateway.portal.tables.export import Cell
from gateway.portal.tables.model import Column

COLUMNS = (
    Column("month", "Month", "day"),
    Column("ordered", "Ordered in pounds", "number"),
    Column("received", "Came in pounds", "number"),
    Column("used", "Used in pounds", "number"),
    Column("lost", "Missing in pounds", "number"),
)


def cells(month: Month) -> Mapping[str, Cell]:
    return {column.key: getattr(month, column.key) for column in COLUMNS}
