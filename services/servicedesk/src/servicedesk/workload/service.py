"""The use case of a workload."""

from datetime import datetime

from chassis import db
from chassis.auth import Actor
from servicedesk.schools import service as schools
from servicedesk.workload import model, store
from servicedesk.workload.model import Workload


async def get_workload(
    database: db.Database,
    actor: Actor,
    la_code: str | None,
    school_urn: int | None,
    now: datetime,
) -> Workload:
    """Say what is not settled at a school, in an LA, or within the scope.

    Raises:
        SchoolNotFound: the school is not within the scope.
    """
    async with database.read(actor, model.ACCESS) as tx:
        school_id = await schools.id_of(tx, school_urn)
        return model.told(await store.count_groups(tx, la_code, school_id, now))
