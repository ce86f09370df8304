"""Makes, models and titles of software on pages, as schools and their LA see them."""

import re
from uuid import uuid4

import pytest

from tests.security.product import MINE, NEXT_DOOR, Product, Session, asset

HTML = {"accept": "text/html"}
SCHOOL, AUTHORITY = f"/schools/{MINE}", "/authorities/940"


async def page(session: Session, path: str, status: int = 200) -> str:
    answer = await session.ask("GET", path, HTML)
    assert answer.status_code == status, answer.text
    return answer.text


async def sent(session: Session, path: str, **rest: object) -> str:
    """Send a form that leads on, and say where."""
    answer = await session.ask("POST", path, HTML, **rest)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


async def new_model(product: Product, urn: int = MINE, make: str = "HP") -> str:
    """Let a school have kit of a model that nobody else has; say what it is called."""
    name = f"Model {uuid4().hex[:8]}"
    technician = await product.signed_in("school-technician", urn)
    kit = asset(urn, tag=uuid4().hex, manufacturer=make, model=name)
    answer = await technician.ask("POST", "/api/inventory/v1/assets", json=kit)
    assert answer.status_code == 201, answer.text
    return name


async def path_of(session: Session, root: str, name: str) -> str:
    """Find the page of a model by the list."""
    shown = await page(session, f"{root}/models?q={name}&held=")
    found = re.search(rf'href="({root}/models/[0-9a-f-]+)"', shown)
    assert found, shown
    return found[1]


async def test_a_list_shows_the_devices_of_ones_own_scope(product: Product) -> None:
    name = await new_model(product, NEXT_DOOR)
    manager = await product.signed_in("la-manager", "940")
    technician = await product.signed_in("school-technician", MINE)

    assert name in await page(manager, f"{AUTHORITY}/models?q={name}")
    assert name not in await page(technician, f"{SCHOOL}/models")
    path = await path_of(manager, AUTHORITY, name)
    of_model = path.rpartition("/")[2]
    await page(technician, f"{SCHOOL}/models/{of_model}", 404)
    await page(technician, f"{AUTHORITY}/models", 404)


async def test_what_the_manager_writes_the_school_reads(product: Product) -> None:
    name = await new_model(product)
    manager = await product.signed_in("la-manager", "940")
    technician = await product.signed_in("school-technician", MINE)
    path = await path_of(manager, AUTHORITY, name)
    form = {
        "launched_on": "1/9/2015",
        "supported_until": "30/6/2020",
        "source": "HP",
        "note": "<b>first</b>\r\nsecond",
        "version": "0",
    }

    where = await sent(manager, f"{path}/lifecycle", data=form)

    assert where == path
    shown = await page(technician, await path_of(technician, SCHOOL, name))
    assert "30 June 2020" in shown
    assert "Out of support" in shown
    assert '<p class="govuk-body">&lt;b&gt;first&lt;/b&gt;</p>' in shown
    assert '<p class="govuk-body">second</p>' in shown
    assert "/lifecycle" not in shown
    stale = await manager.ask("POST", f"{path}/lifecycle", HTML, data=form)
    assert stale.status_code == 412
    assert "Somebody changed it meanwhile" in stale.text
    narrowed = await page(technician, f"{SCHOOL}/models?support=ended&q={name}")
    assert name in narrowed
    assert name not in await page(technician, f"{SCHOOL}/models?support=supported")


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"supported_until": "31/2/2026"}, "real date"),
        (
            {"launched_on": "1/1/2026", "sold_until": "1/1/2025"},
            "before it was launched",
        ),
        ({"note": "x" * 1001}, "1000"),
    ],
)
async def test_what_is_wrong_is_said_at_its_field(
    product: Product, form: dict[str, str], said: str
) -> None:
    manager = await product.signed_in("la-manager", "940")
    path = await path_of(manager, AUTHORITY, await new_model(product))

    answer = await manager.ask("POST", f"{path}/lifecycle", HTML, data=form)

    assert answer.status_code == 422
    assert said in answer.text


async def test_two_models_are_merged_and_parted(product: Product) -> None:
    one, other = await new_model(product), await new_model(product)
    manager = await product.signed_in("la-manager", "940")
    path = await path_of(manager, AUTHORITY, one)
    into = await path_of(manager, AUTHORITY, other)
    into_id = into.rpartition("/")[2]
    assert into_id in await page(manager, f"{path}/merge?q={other}")

    where = await sent(manager, f"{path}/merge", data={"into_id": into_id})

    assert where == into
    shown = await page(manager, f"{AUTHORITY}/makes")
    assert f"HP {one}" in shown
    undo = re.search(
        rf"HP {one}</th>.*?action=\"({AUTHORITY}/merges/[0-9a-f-]+/undo)\"",
        shown,
        re.DOTALL,
    )
    assert undo
    assert one in await page(manager, into)
    await sent(manager, undo[1])
    assert one not in await page(manager, into)


async def test_nothing_chosen_is_said(product: Product) -> None:
    manager = await product.signed_in("la-manager", "940")
    path = await path_of(manager, AUTHORITY, await new_model(product))

    for where in (f"{path}/merge", f"{AUTHORITY}/makes/merge"):
        answer = await manager.ask("POST", where, HTML, data={"into_id": "nonsense"})
        assert answer.status_code == 422, answer.text
        assert "Choose" in answer.text


async def test_two_makes_are_merged(product: Product) -> None:
    one, other = f"Make{uuid4().hex[:6]}", f"Make{uuid4().hex[:6]}"
    name = await new_model(product, make=one)
    await new_model(product, make=other)
    manager = await product.signed_in("la-manager", "940")
    shown = await page(manager, f"{AUTHORITY}/makes")
    ids = dict(re.findall(r'<option value="([0-9a-f-]+)">(Make[0-9a-f]{6})<', shown))
    of = {make: make_id for make_id, make in ids.items()}

    await sent(
        manager,
        f"{AUTHORITY}/makes/merge",
        data={"from_id": of[one], "into_id": of[other]},
    )

    assert f"{other} {name}" in await page(manager, f"{AUTHORITY}/models?q={name}")


async def test_a_list_is_tried_then_taken_in(product: Product) -> None:
    name = f"Listed {uuid4().hex[:8]}"
    manager = await product.signed_in("la-manager", "940")
    content = f"Model,Auto-update expiry\r\nAcer {name},1/6/2027\r\n".encode()
    file = {"file": ("list.csv", content, "text/csv")}

    tried = await manager.ask("POST", f"{AUTHORITY}/model-lists", HTML, files=file)

    assert tried.status_code == 200, tried.text
    assert "1 model is new to the catalogue" in tried.text
    assert f"Acer {name}" not in await page(manager, f"{AUTHORITY}/models?held=")
    kept = re.search(r'name="content" value="([^"]+)"', tried.text)
    assert kept
    form = {"content": (None, kept[1])}
    where = await manager.ask("POST", f"{AUTHORITY}/model-lists", HTML, files=form)
    assert where.status_code == 303, where.text
    assert "1 June 2027" in await page(manager, f"{AUTHORITY}/models?q={name}&held=")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Choose a file"),
        (b"\x00\x01", "no CSV file"),
        (b"Make,Colour\nAcer,red\n", "one of them Model"),
        (b"Model\n", "no row"),
        (b"Model\n" + b"Acer x\n" * 2_001, "more than 2,000 rows"),
        (b"Model,Supported until\nAcer One,soon\n", "Line 2"),
        (b"Model\nChromebook of nobody\n", "Say of which make this is"),
        (b"Model\nAcer One\n\nAcer one\n", "Line 4"),
        (b"Model\nAcer " + b"x" * 200 + b"\n", "Line 2"),
        (b'Model,Note\n"Acer Bj\xf6rn","a"\n', "1 model is new"),
        (b"Model,Launched on,Sold until\nAcer Y,1/1/2026,1/1/2025\n", "before it was"),
        (b"x" * 600_000, "larger than 500 KB"),
    ],
)
async def test_a_file_is_read_or_its_lines_are_named(
    product: Product, content: bytes, said: str
) -> None:
    manager = await product.signed_in("la-manager", "940")
    file = {"file": ("list.csv", content, "text/csv")}

    answer = await manager.ask("POST", f"{AUTHORITY}/model-lists", HTML, files=file)

    assert answer.status_code in {200, 422}, answer.text
    assert said in answer.text


@pytest.mark.parametrize("content", ["nonsense", "eJwDAAAAAAE=", "x" * 9_000])
async def test_a_list_that_was_never_tried_is_asked_for_again(
    product: Product, content: str
) -> None:
    manager = await product.signed_in("la-manager", "940")

    answer = await manager.ask(
        "POST", f"{AUTHORITY}/model-lists", HTML, files={"content": (None, content)}
    )

    assert answer.status_code == 422
    assert "Send the file again" in answer.text


async def test_only_the_manager_writes(product: Product) -> None:
    auditor = await product.signed_in("auditor", "940")
    manager = await product.signed_in("la-manager", "940")
    path = await path_of(manager, AUTHORITY, await new_model(product))

    assert "/lifecycle" not in await page(auditor, path)
    for where in (f"{path}/lifecycle", f"{path}/merge", f"{AUTHORITY}/model-lists"):
        await page(auditor, where, 403)
    await page(auditor, f"{AUTHORITY}/makes")
    for where in (f"{path}/lifecycle", f"{path}/merge", f"{AUTHORITY}/makes/merge"):
        refused = await auditor.ask("POST", where, HTML, data={})
        assert refused.status_code == 403, where


async def test_a_title_has_its_versions_and_devices(product: Product) -> None:
    technician = await product.signed_in("school-technician", MINE)
    manager = await product.signed_in("la-manager", "940")
    name = f"Tool {uuid4().hex[:8]}"
    for number in ("1.2", "10.0"):
        kit = asset(MINE, tag=f"{name}-{number}")
        made = await technician.ask("POST", "/api/inventory/v1/assets", json=kit)
        titles = [{"publisher": "P Ltd", "name": f"{name} {number}", "version": number}]
        item = {"asset_id": made.json()["asset_id"], "titles": titles}
        body = {"items": [item]}
        await technician.ask("POST", "/api/inventory/v1/software/bulk", json=body)

    listed = await page(technician, f"{SCHOOL}/software?q={name.replace(' ', '+')}")
    [path] = set(re.findall(rf'href="({SCHOOL}/software/[0-9a-f-]+)"', listed))
    shown = await page(technician, path)
    of_one = await page(technician, f"{path}?version=1.2")
    of_la = await page(manager, path.replace(SCHOOL, AUTHORITY))

    assert shown.index(">10.0<") < shown.index(">1.2<")
    assert f"{name}-1.2" in shown
    assert f"{name}-10.0" in shown
    assert f"{name}-1.2" in of_one
    assert f"{name}-10.0</a>" not in of_one
    assert f"{name}-10.0" in of_la
    assert "2 versions on 2 devices" in of_la
    # What is no cursor or version of it shows the first page of all.
    again = await page(technician, f"{path}?version=9&after=nonsense")
    assert f"{name}-1.2" in again


@pytest.mark.parametrize("things", ["models", "software"])
async def test_a_list_is_a_file(product: Product, things: str) -> None:
    await new_model(product)
    manager = await product.signed_in("la-manager", "940")

    csv = await manager.ask("GET", f"{AUTHORITY}/{things}.csv?sort=name", HTML)
    xlsx = await manager.ask("GET", f"{AUTHORITY}/{things}.xlsx?sort=name", HTML)

    assert csv.status_code == 200
    assert csv.text.count("\r\n") > 1
    assert xlsx.content[:2] == b"PK"


async def test_a_foreign_or_unknown_page_is_none(product: Product) -> None:
    manager = await product.signed_in("la-manager", "940")
    technician = await product.signed_in("school-technician", MINE)
    none = uuid4()

    for session, root in ((manager, AUTHORITY), (technician, SCHOOL)):
        for things in ("models", "software"):
            await page(session, f"{root}/{things}/{none}", 404)
    for things in ("models", "software", "makes"):
        await page(manager, f"/authorities/941/{things}", 404)
    undone = await manager.ask("POST", f"{AUTHORITY}/merges/{none}/undo", HTML)
    assert undone.status_code == 404


async def test_an_assets_page_says_what_it_is_and_that_support_has_ended(
    product: Product,
) -> None:
    name = await new_model(product, make="Hewlett-Packard Company")
    manager = await product.signed_in("la-manager", "940")
    technician = await product.signed_in("school-technician", MINE)
    path = await path_of(manager, AUTHORITY, name)
    form = {"supported_until": "30/6/2020", "version": "0"}
    await sent(manager, f"{path}/lifecycle", data=form)
    kit = await technician.ask("GET", "/api/inventory/v1/assets", params={"q": name})
    asset_id = kit.json()["items"][0]["asset_id"]

    shown = await page(technician, f"{SCHOOL}/assets/{asset_id}")

    assert f">HP {name}</a>" in shown
    assert "Out of support since" in shown
    assert "Hewlett-Packard Company" in shown
