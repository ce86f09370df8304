"""How the portal reads a service's refusal."""

from typing import Any

import httpx
import pytest

from chassis import errors, problems
from gateway.portal.visit import routes as visiting
from gateway.portal.visit import service


def refusal(status: int, **members: Any) -> errors.Refusal:
    return service.refusal_of(httpx.Response(status, json=members))


@pytest.mark.parametrize(
    ("status", "family"),
    [
        (403, errors.Forbidden),
        (404, errors.NotFound),
        (409, errors.Conflict),
        (412, errors.Stale),
        (422, errors.Invalid),
        (428, errors.PreconditionRequired),
        (500, errors.Unavailable),
        (503, errors.Unavailable),
        (504, errors.TimedOut),
    ],
)
def test_each_status_is_one_family(status: int, family: type[errors.Refusal]) -> None:
    told = refusal(status, type="https://joinedup.uk/problems#other", detail="so")

    assert isinstance(told, family)
    # It goes on to the visitor as a problem, not as a fault of ours.
    passed_on = problems.of_refusal(told, "/")
    assert passed_on["status"] == problems.status_of(told)
    assert passed_on["detail"] == "so"


def test_an_answer_that_is_no_problem_is_unavailable_all_the_same() -> None:
    broken = service.refusal_of(httpx.Response(502, content=b"<html>"))

    assert isinstance(broken, errors.Unavailable)


def test_a_taken_tag_is_said_at_the_tag() -> None:
    found = refusal(
        409, detail="Taken", errors=[{"pointer": "/tag", "detail": "LT-1 is taken"}]
    )

    assert visiting.messages(found, "other") == {"tag": "LT-1 is taken"}


def test_a_conflict_without_a_field_is_said_at_the_forms_first() -> None:
    assert visiting.messages(refusal(409, detail="No"), "tag") == {"tag": "No"}


@pytest.mark.parametrize("urn", ["", "14000", "1400011", "14000a", "١٤٠٠٠١"])
def test_an_address_with_no_urn_is_not_found(urn: str) -> None:
    with pytest.raises(errors.NotFound):
        visiting.parse_urn(urn)
