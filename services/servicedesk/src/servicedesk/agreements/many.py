"""Agreements as an operator tells of them, many at once."""

from collections.abc import Sequence

from chassis import db
from chassis.auth import SERVICE_ACCESS, service_actor
from servicedesk.agreements import schemas, service
from servicedesk.agreements.model import rules
from servicedesk.schools import service as schools


async def take_in(
    database: db.Database, la_code: str, told: Sequence[schemas.AddAgreement]
) -> int:
    """Write down what an LA and its schools agreed, but what is known by its name.

    Say how many that is. One for a named school with a supplier is the school's own.

    Raises:
        SchoolNotFound: the LA has no such school.
        AgreementImpossible: what is said of one contradicts itself.
        AgreementOverlaps: another of the kind governs a place on some of the days.
    """
    urns = {each.school_urn for each in told if each.school_urn is not None}
    async with database.read(
        service_actor("servicedesk", [la_code]), SERVICE_ACCESS
    ) as tx:
        places = {urn: await schools.school_of(tx, urn) for urn in sorted(urns)}
    ids = [school.school_id for school in places.values()]
    ourselves = service_actor("servicedesk", [la_code], ids)
    async with database.begin(ourselves, SERVICE_ACCESS) as tx:
        known = await service.names_of(tx, la_code)
        fresh = [each for each in told if each.name not in known]
        for each in fresh:
            rules.require_of_school(each.kind, each.school_urn)
            said = each.model_dump(exclude={"kind", "la_code", "school_urn"})
            rules.require_sound(each.kind, said)
            school = places.get(each.school_urn or 0)
            is_schools = each.kind != "school" and school is not None
            place = {
                "kind": each.kind,
                "la_code": la_code,
                "school_id": school.school_id if school else None,
                "holder": "school" if is_schools else "authority",
            }
            await service.write_down(tx, place, said)
    return len(fresh)
