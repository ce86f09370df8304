"""Every page of the portal is in the list that axe judges: a new one cannot escape."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from fastapi.routing import iter_route_contexts
from starlette.routing import compile_path

from gateway.portal.routes import router
from tests.browser.pages import Kit
from tests.browser.test_accessibility import PAGES

LISTS = [
    f"/{place}/{things}"
    for place in ("schools/{urn}", "authorities/{la_code}")
    for things in ("assets", "tickets")
]
READ = [
    f"/{place}/{things}"
    for place in ("schools/{urn}", "authorities/{la_code}")
    for things in (
        *("circuits", "consumables", "models", "software", "kit", "custody", "estate"),
        *("book-value", "costs", "disposals", "endings", "model-costs"),
        *("support", "systems", "network-services"),
        *("licences", "licence-compliance", "agreements"),
    )
] + [
    f"/authorities/{{la_code}}/{things}"
    for things in ("health", "broadband", "suppliers")
]
ESTATE = {
    "/schools/{urn}/estate": ("ages", "kinds", "rooms"),
    "/authorities/{la_code}/estate": ("ages", "kinds"),
}
PRIVATE = ["/account/data", "/people/{person_id:uuid}/data"]
PEOPLE = ["/schools/{urn}/people", "/authorities/{la_code}/people"]
DEVICES = ("/schools/{urn}/devices", "/authorities/{la_code}/devices")
NOT_PAGES = {
    "/favicon.ico": "a picture",
    "/search/quick": "part of a page, judged where it opens",
    "/authorities/{la_code}/audit.csv": "a file",
    "/authorities/{la_code}/privacy.csv": "a file",
    "/authorities/{la_code}/comparison.svg": "a picture of a page that is judged",
    "/authorities/{la_code}/comparison.csv": "a file",
    "/authorities/{la_code}/comparison.xlsx": "a file",
    "/authorities/{la_code}/map.svg": "a picture of a page that is judged",
    "/authorities/{la_code}/schools.csv": "a file",
    "/authorities/{la_code}/schools.xlsx": "a file",
    "/schools/{urn}/circuits/{circuit_id:uuid}/measurements.svg": (
        "a picture of a page that is judged"
    ),
    "/schools/{urn}/consumables/next-order.csv": "a file",
    "/schools/{urn}/disposals/record.pdf": "a file",
    "/schools/{urn}/feedback.csv": "a file",
    "/authorities/{la_code}/feedback.csv": "a file",
    "/schools/{urn}/service-report.pdf": "a file",
    "/authorities/{la_code}/service-report.pdf": "a file",
    "/schools/{urn}/consumables/spend.csv": "a file",
    "/authorities/{la_code}/consumables/spend.csv": "a file",
    "/schools/{urn}/will-it-run.csv": "a file",
    "/schools/{urn}/calendar.ics": "a file",
    "/schools/{urn}/about/map.svg": "a picture of a page that is judged",
    "/schools/{urn}/comparison/devices.svg": "a picture of a page that is judged",
    "/schools/{urn}/comparison/spread.svg": "a picture of a page that is judged",
    "/schools/{urn}/comparison/tickets.svg": "a picture of a page that is judged",
    **{f"{root}.{kind}": "a file" for root in DEVICES for kind in ("csv", "xlsx")},
    **{f"{root}.{kind}": "a file" for root in READ for kind in ("csv", "xlsx")},
    **{
        f"{root}/{name}.svg": "a picture of a page that is judged"
        for root, names in ESTATE.items()
        for name in names
    },
    **{f"{root}.{kind}": "a file" for root in LISTS for kind in ("csv", "xlsx")},
    **{
        f"{root}/software/{{title_id:uuid}}/devices.{kind}": "a file"
        for root in ("/schools/{urn}", "/authorities/{la_code}")
        for kind in ("csv", "xlsx")
    },
    **{f"{root}.{kind}": "a file" for root in PEOPLE for kind in ("csv", "xlsx")},
    **{f"{root}.{kind}": "a file" for root in PRIVATE for kind in ("json", "xlsx")},
    **{
        f"{root}/bulk{step}": "leads back to the list; a form's answer stands there"
        for root in LISTS
        for step in ("", "/apply", "/undo")
    },
    **{
        f"{root}/bulk/{step}": "leads back to the list; a form's answer stands there"
        for root in LISTS
        if root.endswith("/assets")
        for step in ("labels", "wipes")
    },
    "/schools/{urn}/devices/keys/{key_id:uuid}/withdraw": (
        "judged with a key of its own: tests/browser/test_machines_that_report.py"
    ),
    **{
        f"/schools/{{urn}}/{path}": (
            "judged with two assets of its own: tests/browser/test_merging_assets.py"
        )
        for path in (
            "assets/{asset_id:uuid}/same/{other_id:uuid}",
            "merges/{merge_id:uuid}",
        )
    },
    **{
        f"/schools/{{urn}}/stock-takes/{{stock_take_id:uuid}}{step}": (
            "judged with a room of its own:"
            " tests/gateway/portal/lists/test_stocktake_pages.py"
        )
        for step in ("", "/end")
    },
    **{
        f"/schools/{{urn}}/stock-takes/{{stock_take_id:uuid}}/lines.{kind}": "a file"
        for kind in ("csv", "xlsx")
    },
    "/label/{asset_id}": "leads to a page that is judged",
}
_ID = "00000000-0000-7000-8000-000000000000"
_SCHOOL = "/schools/100000"
KIT = Kit(
    _SCHOOL,
    f"{_SCHOOL}/assets/{_ID}",
    f"{_SCHOOL}/tickets/{_ID}",
    "940",
    f"/authorities/940/notices/{_ID}",
    f"/register/{_ID}",
    f"/register/{_ID}",
    f"{_SCHOOL}/assets/{_ID}",
    f"/people/{_ID}",
    f"/people/{_ID}/roles/{_ID}",
    f"/authorities/940/clients/{_ID}",
    f"/account/second-steps/{_ID}",
    _ID,
    _ID,
    f"{_SCHOOL}/devices/{_ID}",
    f"{_SCHOOL}/devices/doubts/{_ID}",
    f"{_SCHOOL}/assets/import/{_ID}",
    f"{_SCHOOL}/assets/import/{_ID}",
    f"{_SCHOOL}/assets/{_ID}/files/{_ID}",
    f"{_SCHOOL}/consumables/{_ID}",
    f"/authorities/123/suppliers/{_ID}",
    f"{_SCHOOL}/circuits/{_ID}",
    f"{_SCHOOL}/licences/{_ID}",
    f"/authorities/940/licences/{_ID}",
    f"{_SCHOOL}/licences/{_ID}/files/{_ID}",
    f"/authorities/940/licences/{_ID}/files/{_ID}",
    f"{_SCHOOL}/network-services/{_ID}",
    f"{_SCHOOL}/agreements/{_ID}",
    f"/authorities/940/agreements/{_ID}",
    f"{_SCHOOL}/disposals/one?disposed_on=2026-09-08&method=recycled",
)


def addresses() -> Iterator[str]:
    """Every address of a GET, in the order in which they are tried."""
    for route in iter_route_contexts(router.routes):
        if "GET" in (route.methods or ()) and route.path is not None:
            yield route.path


def route_of(path: str) -> str | None:
    """Say which route answers a path: the first that fits, if there is one."""
    fitting = (each for each in addresses() if compile_path(each)[0].fullmatch(path))
    return next(fitting, None)


def judged() -> set[str | None]:
    return {route_of(urlsplit(KIT.path(form)).path) for _, form in PAGES.values()}


def test_every_page_is_in_the_list_that_axe_judges() -> None:
    missing = set(addresses()) - judged() - set(NOT_PAGES)

    assert not missing, (
        f"add to PAGES of tests/browser/test_accessibility.py: {missing}"
    )


def test_nothing_is_left_out_that_is_not_there() -> None:
    assert set(NOT_PAGES) <= set(addresses())


def test_a_page_that_is_not_listed_would_be_seen() -> None:
    """A page of the same form under a later name is not taken for its neighbour."""
    assert route_of(f"{_SCHOOL}/assets/new") != route_of(f"{_SCHOOL}/assets/{_ID}")
    assert route_of("/nowhere") is None
