"""WCAG 2.2 AA by axe-core: every page, on a desk and on a phone, has no violation."""

from collections.abc import Callable, Generator
from contextlib import ExitStack
from functools import cache

import pytest
from playwright.sync_api import BrowserContext, FilePayload, Page, expect

from tests.browser.pages import (
    AXE,
    NARROWEST,
    Kit,
    fits,
    listen,
    looks,
    violations,
)
from tests.chromium import Visitors

Window = Callable[[str | None], Page]

TECHNICIAN, MANAGER = "school-technician", "la-manager"
PAGES: dict[str, tuple[str | None, str]] = {
    "welcome": (None, "/"),
    "accessibility": (None, "/accessibility"),
    "cookies": (None, "/cookies"),
    "keyboard": (TECHNICIAN, "/keyboard"),
    "account": (TECHNICIAN, "/account"),
    "account-second-step": (MANAGER, "{second_step}"),
    "stop-messages": (None, "/mail/stop?token=any"),
    "search": (MANAGER, "/search?q=ab"),
    "search-one-kind": (MANAGER, "/search?q=ab&kind=assets"),
    "search-none": (TECHNICIAN, "/search?q=nothing-is-called-so"),
    "search-empty": ("staff", "/search"),
    "audit": (MANAGER, "/authorities/{la}/audit"),
    "audit-none": (MANAGER, "/authorities/{la}/audit?what=asset&outcome=refused"),
    "notices": (MANAGER, "/authorities/{la}/notices"),
    "notice-write": (MANAGER, "/authorities/{la}/notices/new"),
    "notice": (MANAGER, "{notice}"),
    "notice-change": (MANAGER, "{notice}/edit"),
    "home-manager": (MANAGER, "/"),
    "home-la-technician": ("la-technician", "/"),
    "home-technician": (TECHNICIAN, "/"),
    "home-leader": ("school-leader", "/"),
    "home-staff": ("staff", "/"),
    "home-learner": ("learner", "/"),
    "home-auditor": ("auditor", "/"),
    "home-analyst": ("regional-analyst", "/"),
    "school": (MANAGER, "{school}"),
    "assets": (TECHNICIAN, "{school}/assets"),
    "assets-none": (TECHNICIAN, "{school}/assets?q=nothing-is-called-so"),
    "assets-of-the-la": (MANAGER, "/authorities/{la}/assets?status=in-use&size=25"),
    "tickets-of-the-la": (MANAGER, "/authorities/{la}/tickets?sort=priority"),
    "asset-add": (TECHNICIAN, "{school}/assets/new"),
    "asset": (TECHNICIAN, "{asset}"),
    "asset-read": ("auditor", "{asset}"),
    "asset-retired": (TECHNICIAN, "{retired}"),
    "models": (TECHNICIAN, "{school}/models"),
    "models-none": (TECHNICIAN, "{school}/models?q=nothing-is-called-so"),
    "models-of-the-la": (MANAGER, "/authorities/{la}/models?size=25&held="),
    "model": (TECHNICIAN, "{school}/models/{model}"),
    "model-of-the-la": (MANAGER, "/authorities/{la}/models/{model}"),
    "model-lifecycle": (MANAGER, "/authorities/{la}/models/{model}/lifecycle"),
    "model-picture": (MANAGER, "/authorities/{la}/models/{model}/picture"),
    "model-picture-remove": (
        MANAGER,
        "/authorities/{la}/models/{model}/picture/remove",
    ),
    "assets-of-a-model": (
        TECHNICIAN,
        "{school}/assets?model_id={model}&held=true&column=model&column=recorded",
    ),
    "assets-out-of-support": (MANAGER, "/authorities/{la}/assets?support=ended"),
    "model-merge": (MANAGER, "/authorities/{la}/models/{model}/merge"),
    "makes": (MANAGER, "/authorities/{la}/makes"),
    "model-lists": (MANAGER, "/authorities/{la}/model-lists"),
    "software": (TECHNICIAN, "{school}/software"),
    "software-of-the-la": (MANAGER, "/authorities/{la}/software?size=25"),
    "title": (TECHNICIAN, "{school}/software/{title}"),
    "title-of-the-la": (MANAGER, "/authorities/{la}/software/{title}"),
    "kit-lives": (TECHNICIAN, "{school}/kit-lives"),
    "kit-lives-read": ("auditor", "{school}/kit-lives"),
    "kit-lives-of-the-la": (MANAGER, "/authorities/{la}/kit-lives"),
    "sheets": (TECHNICIAN, "{school}/assets/import"),
    "sheets-read": ("auditor", "{school}/assets/import"),
    "sheet": (TECHNICIAN, "{sheet}"),
    "sheet-reading": (TECHNICIAN, "{sheet}/reading"),
    "sheet-faults": (TECHNICIAN, "{sheet}/faults"),
    "sheet-taken": (TECHNICIAN, "{taken}"),
    "sheet-undo": (TECHNICIAN, "{taken}/undo"),
    "sheets-of-the-la": (MANAGER, "/authorities/{la}/assets/import"),
    "sheet-of-the-la": (MANAGER, "/authorities/{la}/assets/import/{sheet_id}"),
    "sheet-of-the-la-reading": (
        MANAGER,
        "/authorities/{la}/assets/import/{sheet_id}/reading",
    ),
    "sheet-of-the-la-faults": (
        MANAGER,
        "/authorities/{la}/assets/import/{sheet_id}/faults",
    ),
    "sheet-of-the-la-undo": (
        MANAGER,
        "/authorities/{la}/assets/import/{taken_id}/undo",
    ),
    "asset-dispose": (TECHNICIAN, "{retired}/dispose"),
    "asset-new-of-kind": (TECHNICIAN, "{school}/assets/new?category=printer"),
    "asset-file-add": (TECHNICIAN, "{asset}/files/new"),
    "asset-file-remove": (TECHNICIAN, "{attachment}/remove"),
    "asset-repairs": (TECHNICIAN, "{asset}/repairs"),
    "asset-custody": (TECHNICIAN, "{asset}/custody"),
    "asset-custody-read": ("school-leader", "{asset}/custody"),
    "loans": (TECHNICIAN, "{school}/custody"),
    "loans-of-the-la": (MANAGER, "/authorities/{la}/custody"),
    "scan": (TECHNICIAN, "{school}/scan"),
    "scan-conflicts": (TECHNICIAN, "{school}/scan/conflicts"),
    "stock-takes": (TECHNICIAN, "{school}/stock-takes"),
    "stock-takes-read": ("school-leader", "{school}/stock-takes"),
    "stock-take-new": (TECHNICIAN, "{school}/stock-takes/new"),
    "holder": (TECHNICIAN, "{school}/holders?name=Amy+Archer"),
    "asset-relations": (TECHNICIAN, "{asset}/relations"),
    "asset-same": (TECHNICIAN, "{asset}/same"),
    "asset-duplicates": (TECHNICIAN, "{school}/duplicates"),
    "asset-change": (TECHNICIAN, "{asset}/edit"),
    "asset-move": (TECHNICIAN, "{asset}/move"),
    "asset-retire": (TECHNICIAN, "{asset}/retire"),
    "consumables": (TECHNICIAN, "{school}/consumables"),
    "consumables-none": (TECHNICIAN, "{school}/consumables?q=nothing-is-called-so"),
    "consumables-read": ("school-leader", "{school}/consumables"),
    "consumables-of-the-la": (MANAGER, "/authorities/{la}/consumables?size=25"),
    "consumable": (TECHNICIAN, "{consumable}"),
    "consumable-read": ("auditor", "{consumable}"),
    "consumable-add": (TECHNICIAN, "{school}/consumables/new"),
    "consumable-change": (TECHNICIAN, "{consumable}/edit"),
    "consumable-order": (TECHNICIAN, "{consumable}/order"),
    "consumable-count": (TECHNICIAN, "{consumable}/count"),
    "consumables-spend": (TECHNICIAN, "{school}/consumables/spend"),
    "consumables-spend-of-the-la": (MANAGER, "/authorities/{la}/consumables/spend"),
    "consumables-next-order": (TECHNICIAN, "{school}/consumables/next-order"),
    "broadband": (TECHNICIAN, "{school}/broadband"),
    "broadband-read": ("school-leader", "{school}/broadband"),
    "broadband-of-the-la": (MANAGER, "/authorities/{la}/broadband?size=25"),
    "suppliers": (MANAGER, "/authorities/{la}/suppliers"),
    "supplier": (MANAGER, "{supplier}"),
    "supplier-read": ("auditor", "{supplier}"),
    "supplier-add": (MANAGER, "/authorities/{la}/suppliers/new"),
    "supplier-change": (MANAGER, "{supplier}/edit"),
    "licences": (TECHNICIAN, "{school}/licences"),
    "licences-none": (TECHNICIAN, "{school}/licences?q=nothing-is-called-so"),
    "licences-read": ("auditor", "{school}/licences"),
    "licences-of-the-la": (MANAGER, "/authorities/{la}/licences?size=25"),
    "licence": (TECHNICIAN, "{licence}"),
    "licence-read": ("auditor", "{licence}"),
    "licence-add": (TECHNICIAN, "{school}/licences/new"),
    "licence-change": (TECHNICIAN, "{licence}/edit"),
    "licence-remove": (TECHNICIAN, "{licence}/remove"),
    "licence-of-the-la": (MANAGER, "{pool}"),
    "licence-of-the-la-add": (MANAGER, "/authorities/{la}/licences/new"),
    "licence-of-the-la-change": (MANAGER, "{pool}/edit"),
    "licence-of-the-la-remove": (MANAGER, "{pool}/remove"),
    "licence-document-add": (TECHNICIAN, "{licence}/files/new"),
    "licence-document-remove": (TECHNICIAN, "{document}/remove"),
    "licence-of-the-la-document-add": (MANAGER, "{pool}/files/new"),
    "licence-of-the-la-document-remove": (MANAGER, "{paper}/remove"),
    "licence-compliance": (TECHNICIAN, "{school}/licence-compliance"),
    "licence-compliance-of-the-la": (
        *(MANAGER, "/authorities/{la}/licence-compliance?size=25"),
    ),
    "calendar": (TECHNICIAN, "{school}/calendar?year=2026"),
    "calendar-read": ("staff", "{school}/calendar?year=2026"),
    "calendar-of-no-terms": (TECHNICIAN, "{school}/calendar?year=2050"),
    "calendar-closure": (TECHNICIAN, "{school}/calendar/add/closure"),
    "calendar-half-day": ("school-leader", "{school}/calendar/add/half-day"),
    "calendar-period": (TECHNICIAN, "{school}/calendar/add/period"),
    "calendar-hours": (TECHNICIAN, "{school}/calendar/hours"),
    "calendar-remove": (
        TECHNICIAN,
        "{school}/calendar/remove?what=exams.2027-05-10",
    ),
    "calendar-next-year": (TECHNICIAN, "{school}/calendar/next-year?year=2026"),
    "calendar-file": (TECHNICIAN, "{school}/calendar/file"),
    "calendar-of-the-la": (MANAGER, "/authorities/{la}/calendar?year=2026"),
    "calendar-of-the-la-read": ("auditor", "/authorities/{la}/calendar?year=2026"),
    "calendar-of-the-la-of-no-terms": (
        MANAGER,
        "/authorities/{la}/calendar?year=2050",
    ),
    "calendar-of-the-la-inset": (MANAGER, "/authorities/{la}/calendar/add/inset"),
    "calendar-of-the-la-hours": (
        MANAGER,
        "/authorities/{la}/calendar/hours?kind=inset",
    ),
    "calendar-of-the-la-remove": (
        MANAGER,
        "/authorities/{la}/calendar/remove?what=census.2026-10-01",
    ),
    "calendar-of-the-la-next-year": (
        MANAGER,
        "/authorities/{la}/calendar/next-year?year=2027",
    ),
    "calendar-of-many": (MANAGER, "/authorities/{la}/calendar/many"),
    "agreements": (TECHNICIAN, "{school}/agreements"),
    "agreements-none": (TECHNICIAN, "{school}/agreements?q=nothing-is-called-so"),
    "agreements-read": ("auditor", "{school}/agreements"),
    "agreements-of-the-la": (MANAGER, "/authorities/{la}/agreements?size=25"),
    "agreement": (TECHNICIAN, "{agreement}"),
    "agreement-read": ("auditor", "{agreement}"),
    "agreement-add": (TECHNICIAN, "{school}/agreements/new"),
    "agreement-change": (TECHNICIAN, "{agreement}/edit"),
    "agreement-end": (TECHNICIAN, "{agreement}/end"),
    "agreement-of-the-la": (MANAGER, "{promise}"),
    "agreement-of-the-la-add": (MANAGER, "/authorities/{la}/agreements/new"),
    "agreement-of-the-la-change": (MANAGER, "{promise}/edit"),
    "agreement-of-the-la-end": (MANAGER, "{promise}/end"),
    "lines": (TECHNICIAN, "{school}/circuits"),
    "lines-none": (TECHNICIAN, "{school}/circuits?q=nothing-is-called-so"),
    "lines-of-the-la": (MANAGER, "/authorities/{la}/circuits?size=25"),
    "line": (TECHNICIAN, "{line}"),
    "line-read": ("auditor", "{line}"),
    "line-add": (TECHNICIAN, "{school}/circuits/new"),
    "line-change": (TECHNICIAN, "{line}/edit"),
    "devices": (TECHNICIAN, "{school}/devices"),
    "devices-none": (TECHNICIAN, "{school}/devices?q=nothing-is-called-so"),
    "devices-read": ("school-leader", "{school}/devices"),
    "devices-of-the-la": (MANAGER, "/authorities/{la}/devices?size=25"),
    "device": (TECHNICIAN, "{device}"),
    "device-identify": (TECHNICIAN, "{device}/identify"),
    "doubts": (TECHNICIAN, "{school}/devices/doubts"),
    "doubt": (TECHNICIAN, "{doubt}"),
    "doubt-read": ("auditor", "{doubt}"),
    "keys": (TECHNICIAN, "{school}/devices/keys"),
    "keys-read": ("school-leader", "{school}/devices/keys"),
    "key-make": (TECHNICIAN, "{school}/devices/keys/new"),
    "set-up-windows": (TECHNICIAN, "{school}/devices/set-up"),
    "set-up-debian": (TECHNICIAN, "{school}/devices/set-up?platform=debian"),
    "set-up-network": (TECHNICIAN, "{school}/devices/set-up?platform=network"),
    "set-up-mobile": ("school-leader", "{school}/devices/set-up?platform=mobile"),
    "estate": (TECHNICIAN, "{school}/estate"),
    "estate-of-none": (TECHNICIAN, "{school}/estate?category=music-media"),
    "estate-of-the-la": (MANAGER, "/authorities/{la}/estate"),
    "network-services": (TECHNICIAN, "{school}/network-services"),
    "network-services-of-the-la": (MANAGER, "/authorities/{la}/network-services"),
    "network-service": (TECHNICIAN, "{service}"),
    "network-service-read": ("school-leader", "{service}"),
    "network-service-new": (TECHNICIAN, "{school}/network-services/new"),
    "network-service-edit": (TECHNICIAN, "{service}/edit"),
    "disposals": ("school-leader", "{school}/disposals"),
    "disposals-of-the-la": (MANAGER, "/authorities/{la}/disposals"),
    "disposal": (TECHNICIAN, "{disposal}"),
    "data-erased": (TECHNICIAN, "{asset}/wipes"),
    "data-erased-read": ("school-leader", "{asset}/wipes"),
    "endings": ("school-leader", "{school}/endings?within=three-years"),
    "endings-of-none": (TECHNICIAN, "{school}/endings?q=nothing-at-all"),
    "endings-of-the-la": (MANAGER, "/authorities/{la}/endings?sort=-devices"),
    "costs": ("school-leader", "{school}/costs"),
    "costs-of-none": (TECHNICIAN, "{school}/costs?category=music-media"),
    "costs-of-the-la": (MANAGER, "/authorities/{la}/costs"),
    "costs-of-one": (TECHNICIAN, "{asset}/cost"),
    "costs-by-model": ("school-leader", "{school}/model-costs"),
    "costs-by-model-of-the-la": (MANAGER, "/authorities/{la}/model-costs"),
    "electricity": (TECHNICIAN, "{school}/electricity"),
    "electricity-read": ("auditor", "{school}/electricity"),
    "electricity-of-the-la": (MANAGER, "/authorities/{la}/electricity"),
    "book-value": ("school-leader", "{school}/book-value?year_begins=september"),
    "book-value-of-none": (TECHNICIAN, "{school}/book-value?category=music-media"),
    "book-value-of-the-la": (MANAGER, "/authorities/{la}/book-value"),
    "book-value-of-one": (TECHNICIAN, "{asset}/book-value"),
    "support": (TECHNICIAN, "{school}/support"),
    "will-it-run": (
        TECHNICIAN,
        "{school}/will-it-run?system=windows&release=11&memory_gib=8&memory_price=40",
    ),
    "will-it-run-unasked": ("school-leader", "{school}/will-it-run"),
    "support-of-the-la": (MANAGER, "/authorities/{la}/support"),
    "systems": ("school-leader", "{school}/systems"),
    "systems-none": (TECHNICIAN, "{school}/systems?room=nowhere-at-all"),
    "systems-of-the-la": (MANAGER, "/authorities/{la}/systems?size=25&state=ended"),
    "today": (TECHNICIAN, "{school}/today"),
    "kit": ("school-leader", "{school}/kit?concern=no-price"),
    "kit-of-the-la": (MANAGER, "/authorities/{la}/kit?size=25"),
    "health": (MANAGER, "/authorities/{la}/health?sort=health"),
    "map-by-estate": (MANAGER, "/authorities/{la}/map?colour=estate"),
    "tickets": (TECHNICIAN, "{school}/tickets"),
    "tickets-none": (TECHNICIAN, "{school}/tickets?q=nothing-is-called-so"),
    "ticket-report": ("staff", "{school}/tickets/new"),
    "ticket": (TECHNICIAN, "{ticket}"),
    "ticket-change": (TECHNICIAN, "{ticket}/edit"),
    "ticket-hand-over": (TECHNICIAN, "{ticket}/hand-over"),
    "ticket-time": (TECHNICIAN, "{ticket}/time"),
    "ticket-obstacles": (TECHNICIAN, "{ticket}/obstacles"),
    "my-day": (TECHNICIAN, "/my-day"),
    "my-day-of-the-la": ("la-technician", "/my-day"),
    "wallboard": (MANAGER, "/authorities/{la}/wallboard"),
    "wallboard-read": ("auditor", "/authorities/{la}/wallboard"),
    "service-report": ("school-leader", "{school}/service-report"),
    "service-report-none": (
        TECHNICIAN,
        "{school}/service-report?first=2001-01-01&last=2001-02-01",
    ),
    "service-report-of-no-days": (
        TECHNICIAN,
        "{school}/service-report?first=2001-01-01&last=2000-02-01",
    ),
    "service-report-of-the-la": (MANAGER, "/authorities/{la}/service-report"),
    "feedback": ("school-leader", "{school}/feedback?period=365"),
    "feedback-none": (TECHNICIAN, "{school}/feedback?score=poor&period=30"),
    "feedback-of-the-la": (MANAGER, "/authorities/{la}/feedback"),
    "comparison": (MANAGER, "/authorities/{la}/comparison"),
    "comparison-primary": (
        MANAGER,
        "/authorities/{la}/comparison?phase=primary&sort=-pupils",
    ),
    "comparison-narrowed": (
        MANAGER,
        "/authorities/{la}/comparison?measure=days_to_resolve&size=201-to-400&q=a",
    ),
    "comparison-own": ("school-leader", "{school}/comparison"),
    "comparison-of-a-school": (
        MANAGER,
        "{school}/comparison?measure=devices_past_five_years",
    ),
    "map": (MANAGER, "/authorities/{la}/map"),
    "map-by-quarter": (MANAGER, "/authorities/{la}/map?colour=pupils_per_device"),
    "about": (MANAGER, "{school}/about"),
    "about-own": ("staff", "{school}/about"),
    "schools": (MANAGER, "/authorities/{la}/schools"),
    "schools-all": (MANAGER, "/authorities/{la}/schools?status=&sort=-pupils&size=25"),
    "schools-none": (MANAGER, "/authorities/{la}/schools?q=nothing-is-called-so"),
    "switch": (MANAGER, "/switch-school"),
    "switch-few": (TECHNICIAN, "/switch-school"),
    "people": (MANAGER, "/authorities/{la}/people"),
    "people-every-column": (
        MANAGER,
        "/authorities/{la}/people?size=25&column=roles&column=state&column=joined_at",
    ),
    "people-read": ("auditor", "/authorities/{la}/people?state=active"),
    "people-of-a-school": ("school-leader", "{school}/people"),
    "people-none": (MANAGER, "/authorities/{la}/people?q=nobody-is-called-so"),
    "person": (MANAGER, "{person}"),
    "person-read": ("auditor", "{person}"),
    "person-change": (MANAGER, "{person}/edit"),
    "person-hand-over": (MANAGER, "{person}/hand-over"),
    "person-data": (MANAGER, "{person}/data"),
    "person-erase": (MANAGER, "{person}/erase"),
    "own-data": ("staff", "/account/data"),
    "privacy": (MANAGER, "/authorities/{la}/privacy"),
    "privacy-read": ("auditor", "/authorities/{la}/privacy"),
    "person-leaves": (MANAGER, "{person}/leave"),
    "person-invite": (MANAGER, "/people/new"),
    "person-invite-to-a-school": ("school-leader", "/people/new"),
    "people-from-a-file": (MANAGER, "/people/import"),
    "role-give": (MANAGER, "{person}/roles/new"),
    "role-days": (MANAGER, "{role}/days"),
    "role-end": (MANAGER, "{role}/end"),
    "clients": (MANAGER, "/authorities/{la}/clients"),
    "clients-read": ("auditor", "/authorities/{la}/clients"),
    "client-make": (MANAGER, "/authorities/{la}/clients/new"),
    "client": (MANAGER, "{client}"),
    "client-read": ("auditor", "{client}"),
    "client-change": (MANAGER, "{client}/edit"),
    "client-rotate": (MANAGER, "{client}/rotate"),
    "client-withdraw": (MANAGER, "{client}/withdraw"),
    "register": (MANAGER, "/register"),
    "register-read": ("auditor", "/register"),
    "register-preview": (MANAGER, "{preview}"),
    "register-preview-read": ("auditor", "{preview}"),
    "register-changes": (MANAGER, "{preview}/changes"),
    "register-changes-new": (MANAGER, "{preview}/changes?kind=new"),
    "register-changes-none": (MANAGER, "{preview}/changes?kind=closed"),
    "register-faults": (MANAGER, "{preview}/faults"),
    "register-apply": (MANAGER, "{preview}/apply"),
    "register-give-up": (MANAGER, "{preview}/cancel"),
    "register-failed": (MANAGER, "{failed}"),
    "not-found": (TECHNICIAN, "/nowhere"),
    "forbidden": ("school-leader", "{asset}/edit"),
}
FORMS = {
    "calendar-half-day-errors": (
        TECHNICIAN,
        "{school}/calendar/add/half-day",
        "text=Add it",
    ),
    "calendar-of-many-errors": (
        MANAGER,
        "/authorities/{la}/calendar/many",
        "text=Go on",
    ),
    "asset-file-add-errors": (TECHNICIAN, "{asset}/files/new", "text=Add it"),
    "asset-add-errors": (TECHNICIAN, "{school}/assets/new", "text=Add the asset"),
    "doubt-errors": (TECHNICIAN, "{doubt}", "button:has-text('Save')"),
    "key-make-errors": (
        TECHNICIAN,
        "{school}/devices/keys/new",
        "text=Make it and show it",
    ),
    "ticket-report-errors": (
        TECHNICIAN,
        "{school}/tickets/new",
        "button:has-text('Send')",
    ),
    "model-picture-errors": (
        MANAGER,
        "/authorities/{la}/models/{model}/picture",
        "text=Show it",
    ),
    "model-lists-errors": (
        MANAGER,
        "/authorities/{la}/model-lists",
        "button:has-text('See what it would do')",
    ),
    "model-merge-errors": (
        MANAGER,
        "/authorities/{la}/models/{model}/merge",
        "text=Merge them",
    ),
    "comment-errors": (TECHNICIAN, "{ticket}", "text=Add the comment"),
    "people-from-a-file-errors": (
        MANAGER,
        "/people/import",
        "text=See what it would do",
    ),
    "person-invite-errors": (MANAGER, "/people/new", "text=Send the invitation"),
    "client-make-errors": (MANAGER, "/authorities/{la}/clients/new", "text=Let it in"),
    "client-rotate-errors": (MANAGER, "{client}/rotate", "text=Make it and show it"),
    "register-errors": (MANAGER, "/register", "text=Read the file"),
    "sheets-errors": (TECHNICIAN, "{school}/assets/import", "text=Send the file"),
    "register-apply-errors": (MANAGER, "{preview}/apply", "button.ju-button"),
}


@pytest.fixture(scope="module")
def of(visitors: Visitors) -> Generator[Callable[[str | None], BrowserContext]]:
    """What a role's browser keeps for all its pages: styles, scripts, and axe."""
    with ExitStack() as opened:

        @cache
        def kept(role: str | None) -> BrowserContext:
            context = opened.enter_context(visitors.window(role))
            context.add_init_script(path=AXE)
            return context

        yield kept


@pytest.fixture
def window(
    of: Callable[[str | None], BrowserContext],
) -> Generator[Callable[[str | None], Page]]:
    with ExitStack() as opened:
        yield lambda role: opened.enter_context(of(role).new_page())


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_no_violation(window: Window, kit: Kit, name: str) -> None:
    """WCAG 1.4.10: 320 px, which a window of 1280 px is at four times the size."""
    role, form = PAGES[name]
    page = window(role)
    said = listen(page)
    page.goto(kit.path(form))

    # A bare error has no violation either.
    assert page.locator("h1").count() == 1
    for shown in looks(page):
        assert violations(page, f"{name}-{shown}") == []
        assert fits(page)
    page.set_viewport_size({"width": NARROWEST, "height": 800})
    assert fits(page)
    page.emulate_media(media="print", color_scheme="light")
    assert page.locator("h1").is_visible()
    for moving in page.locator("nav, .ju-search, .govuk-button").all():
        assert not moving.is_visible()
    assert said == []


@pytest.mark.parametrize("name", FORMS)
def test_a_refused_form_has_no_violation_and_takes_the_focus(
    window: Window, kit: Kit, name: str
) -> None:
    role, form, button = FORMS[name]
    page = window(role)
    page.goto(kit.path(form))
    page.click(button)
    page.wait_for_selector(".govuk-error-summary:focus")

    assert page.title().startswith("Error: ")
    for shown in looks(page):
        assert violations(page, f"{name}-{shown}") == []


def test_what_a_file_of_people_would_do_has_no_violation(
    window: Window, kit: Kit
) -> None:
    page = window(MANAGER)
    page.goto("/people/import")
    urn = kit.school.rpartition("/")[2]
    rows = [
        "Name,E-mail,Role,URN",
        f"Nora Ng,nora@a-school-of-a-long-name.sch.uk,Staff,{urn}",
        "Nobody,nobody,Staff,999999",
    ]
    content = "\n".join(rows).encode()
    file = FilePayload(name="people.csv", mimeType="text/csv", buffer=content)
    page.set_input_files("#file", file)
    page.click("text=See what it would do")

    expect(page.locator("h1")).to_contain_text("What the file would do")
    for shown in looks(page):
        assert violations(page, f"people-tried-{shown}") == []
        assert fits(page)
