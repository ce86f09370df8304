"""An operator tells of many agreements at once, as often as they like."""

import pytest
from fastapi import FastAPI
from pydantic import TypeAdapter

from local_stack.county import agreements as county
from servicedesk.agreements import many
from servicedesk.agreements.model.refusals import AgreementImpossible
from servicedesk.agreements.schemas import AddAgreement
from servicedesk.schools.model import SchoolNotFound
from tests.servicedesk.agreements.agreeing import for_all, internal
from tests.servicedesk.world import FAR_AWAY, HERE, MANAGER, TECHNICIAN, Call

_TOLD = TypeAdapter(list[AddAgreement])


async def test_what_the_demonstration_agreed_is_taken_in_once(
    app: FastAPI, by: Call
) -> None:
    told = county.document(HERE.la_code, "Harlandshire", HERE.urn)
    said = _TOLD.validate_python(told["agreements"])

    added = [await many.take_in(app.state.db, HERE.la_code, said) for _ in range(2)]

    assert added == [4, 0]
    found = (await by(MANAGER).get("/agreements")).json()["items"]
    assert {(each["kind"], each["holder"]) for each in found} == {
        ("school", "authority"),
        ("internal", "school"),
        ("supplier", "authority"),
    }
    here = await by(TECHNICIAN).get("/agreements", params={"school": HERE.urn})
    assert len(here.json()["items"]) == 4


async def test_what_cannot_be_is_taken_in_by_no_part(app: FastAPI, by: Call) -> None:
    wrong = _TOLD.validate_python([for_all(), internal(is_managed_service=True)])
    foreign = _TOLD.validate_python([internal(school_urn=FAR_AWAY.urn)])

    with pytest.raises(AgreementImpossible):
        await many.take_in(app.state.db, HERE.la_code, wrong)
    with pytest.raises(SchoolNotFound):
        await many.take_in(app.state.db, HERE.la_code, foreign)

    assert (await by(MANAGER).get("/agreements/count")).json()["count"] == 0
