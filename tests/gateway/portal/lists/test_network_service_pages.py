"""What a school takes over the network, on pages."""

from uuid import uuid4

from tests.security.product import MINE, NEXT_DOOR, Product

HTML = {"accept": "text/html"}
ROOT = f"/schools/{MINE}/network-services"


def filled(**changes: str) -> dict[str, str]:
    return {
        "kind": "filtering",
        "name": f"Filtering {uuid4().hex[:8]}",
        "provider": "EEBN",
        "live_on": "1/9/2025",
        "ends_on": "31/8/2029",
        "monthly": "49.50",
        "cfr_code": "E20A",
        **changes,
    }


async def test_it_is_added_shown_changed_and_listed(product: Product) -> None:
    technician = await product.signed_in("school-technician", MINE)
    form = filled()

    added = await technician.ask("POST", f"{ROOT}/new", HTML, data=form)

    assert added.status_code == 303, added.text
    where = added.headers["location"]
    page = await technician.ask("GET", where, HTML)
    for words in (form["name"], "Web filtering", "In use", "£49.50", "31 August 2029"):
        assert words in page.text, words
    edit = await technician.ask("GET", f"{where}/edit", HTML)
    assert 'value="49.50"' in edit.text
    changed = await technician.ask(
        "POST",
        f"{where}/edit",
        HTML,
        data={**form, "ceased_on": "1/9/2026", "version": "1"},
    )
    assert changed.status_code == 303, changed.text
    listed = await technician.ask("GET", f"{ROOT}?q={form['name']}", HTML)
    assert "Ceased" in listed.text
    file = await technician.ask("GET", f"{ROOT}.csv", params={"q": form["name"]})
    assert f"{form['name']}" in file.text


async def test_what_is_wrong_is_said_beside_its_field(product: Product) -> None:
    technician = await product.signed_in("school-technician", MINE)
    wrong = filled(kind="", name="", ends_on="31/2/2029", monthly="free")

    answer = await technician.ask("POST", f"{ROOT}/new", HTML, data=wrong)

    assert answer.status_code == 422
    for words in ("Choose what it is for", "Enter what it is called", "EEBN"):
        assert words in answer.text, words
    late = filled(starts_on="1/9/2030")
    answer = await technician.ask("POST", f"{ROOT}/new", HTML, data=late)
    assert (answer.status_code, "after the contract ends" in answer.text) == (422, True)


async def test_who_saw_an_older_version_is_told(product: Product) -> None:
    technician = await product.signed_in("school-technician", MINE)
    form = filled()
    added = await technician.ask("POST", f"{ROOT}/new", HTML, data=form)
    where = f"{added.headers['location']}/edit"
    first = {**form, "version": "1", "note": "first"}
    assert (await technician.ask("POST", where, HTML, data=first)).status_code == 303

    late = await technician.ask("POST", where, HTML, data={**first, "note": "late"})

    assert late.status_code == 412
    assert "late" in late.text


async def test_only_who_may_changes_it_and_none_sees_anothers(product: Product) -> None:
    technician = await product.signed_in("school-technician", MINE)
    added = await technician.ask("POST", f"{ROOT}/new", HTML, data=filled())
    where = added.headers["location"]
    leader = await product.signed_in("school-leader", MINE)
    stranger = await product.signed_in("school-technician", NEXT_DOOR)
    manager = await product.signed_in("la-manager", "940")

    assert (await leader.ask("GET", where, HTML)).status_code == 200
    assert (await leader.ask("GET", f"{where}/edit", HTML)).status_code == 403
    for path in (where, where.replace(str(MINE), str(NEXT_DOOR))):
        assert (await stranger.ask("GET", path, HTML)).status_code == 404
    listed = await manager.ask("GET", "/authorities/940/network-services", HTML)
    assert listed.status_code == 200
