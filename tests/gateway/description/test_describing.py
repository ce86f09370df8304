"""The merged description and its pages."""

from typing import Any

import httpx
import pytest

from gateway.description import model
from tests.gateway.conftest import Stand


async def test_the_document_holds_the_directory_and_survives_services_away(
    stand: Stand, http: httpx.AsyncClient
) -> None:
    answer = await http.get(f"{stand.url}/openapi.json")
    document = answer.json()

    assert "/api/directory/v1/schools" in document["paths"]
    assert document["servers"] == [{"url": stand.url}]
    assert not any(path.startswith("/login") for path in document["paths"])


async def test_the_page_has_neither_script_nor_style_of_its_own(
    stand: Stand, http: httpx.AsyncClient
) -> None:
    page = await http.get(f"{stand.url}/docs")

    assert page.status_code == 200
    assert "/api/directory/v1/schools" in page.text
    assert "<script" not in page.text
    assert "style=" not in page.text
    style = await http.get(f"{stand.url}/docs/style.css")
    assert style.headers["content-type"].startswith("text/css")


async def test_every_fact_is_described(stand: Stand, http: httpx.AsyncClient) -> None:
    document = (await http.get(f"{stand.url}/asyncapi.json")).json()

    assert "gateway.school.recorded.v1" in document["channels"]
    address = document["channels"]["gateway.school.recorded.v1"]["address"]
    assert address == "joinedup.gateway.school.recorded.v1.{la_code}"


def test_equal_names_for_different_shapes_are_told_apart() -> None:
    one = {"components": {"schemas": {"Thing": {"type": "string"}}}, "paths": {}}
    reference = {"$ref": "#/components/schemas/Thing"}
    two = {
        "components": {"schemas": {"Thing": {"type": "object"}}},
        "paths": {"/api/two/v1/things": {"get": {"x": reference}}},
    }

    merged = model.merge("http://x", {"one": one, "two": two})

    assert merged["components"]["schemas"].keys() == {"Thing", "TwoThing"}
    used = merged["paths"]["/api/two/v1/things"]["get"]["x"]
    assert used == {"$ref": "#/components/schemas/TwoThing"}


@pytest.mark.parametrize(
    ("path", "taken"),
    [
        ("/things", ["GET", "POST"]),
        ("/things/count", ["GET"]),
        ("/things/7", ["GET", "PATCH"]),
        ("/nothing", []),
    ],
)
def test_an_address_that_is_said_is_not_one_that_is_left_open(
    path: str, taken: list[str]
) -> None:
    document: dict[str, Any] = {
        "paths": {
            "/things/{thing_id}": {"get": {}, "patch": {}},
            "/things/count": {"get": {}},
            "/things": {"get": {}, "post": {}},
        }
    }

    assert model.methods_of(document, path) == taken
