"""Which release a system is, in the words of agents and of people."""

import pytest

from inventory.lifecycle import store
from inventory.lifecycle.model import programs, systems
from inventory.lifecycle.model.products import PRODUCTS, called
from inventory.lifecycle.model.releases import Release, Releases

KNOWN: dict[str, dict[str, Release]] = {}
for _each in store.own_facts():
    KNOWN.setdefault(_each.product, {})[_each.cycle] = _each


def cycles(name: str, version: str = "", known: Releases = KNOWN) -> tuple[str, ...]:
    found = systems.system_of(name, version, known)
    return () if found is None else tuple(each.cycle for each in found.releases)


@pytest.mark.parametrize(
    ("name", "version", "cycle"),
    [
        ("Microsoft Windows 10 Pro", "22H2", "10-22h2"),
        ("Microsoft Windows 10 Pro", "10.0.19045", "10-22h2"),
        ("Microsoft Windows 10 Education", "10.0.19044.1288", "10-21h2-e"),
        ("Microsoft Windows 10 Pro", "10.0.19044", "10-21h2-w"),
        ("Microsoft Windows 10 Pro Education", "19044", "10-21h2-w"),
        ("Microsoft Windows 10 Entreprise", "1909", "10-1909-e"),
        ("Microsoft Windows 10 Famille", "1909", "10-1909-w"),
        ("Microsoft Windows 10 Enterprise LTSC", "21H2", "10-21h2-e-lts"),
        ("Microsoft Windows 10 Enterprise LTSC", "10.0.17763", "10-1809-e-lts"),
        ("Microsoft Windows 10 Enterprise LTSC 2019", "", "10-1809-e-lts"),
        ("Microsoft Windows 10 Enterprise 2016 LTSB", "", "10-1607-e-lts"),
        ("Microsoft Windows 10 IoT Enterprise LTSC", "21H2", "10-21h2-iot-lts"),
        ("Microsoft Windows 11 Home", "23H2", "11-23h2-w"),
        ("Microsoft Windows 11 SE", "22H2", "11-22h2-w"),
        ("Microsoft Windows 11 Education", "10.0.26100.4349", "11-24h2-e"),
        # The eleventh by its build, whatever it is called.
        ("Microsoft Windows 10 Pro", "10.0.22631", "11-23h2-w"),
        ("Windows 10", "22H2", "10-22h2"),
        ("Microsoft Windows 8.1 Professionnel", "6.3.9600", "8.1"),
        ("Microsoft® Windows Vista™ Business", "6.0.6002", "6-sp2"),
        ("Windows 7", "", "7-sp1"),
        ("Microsoft Windows XP Professional", "5.1.2600", "5-sp3"),
        ("Microsoft Windows Server 2019 Standard", "1809", "2019"),
        ("Microsoft Windows Server 2012 R2 Standard", "6.3.9600", "2012-r2"),
        ("Microsoft Windows Server 2012 Standard", "6.2.9200", "2012"),
        ("Microsoft® Windows Server® 2008 R2 Standard", "", "2008-r2-sp1"),
        ("Windows Server", "2022", "2022"),
        ("macOS", "10.13.5 (17F77)", "10.13"),
        ("macOS", "13.6.1 (22G313)", "13"),
        ("Mac OS X 10.10.5", "", "10.10"),
        ("macOS", "10.16", "11"),
        ("iPadOS", "17.5.1", "17"),
        ("iPadOS 26.1", "", "26"),
        ("iOS", "15.8.3 (19H386)", "15"),
        ("Q Android 10.0 api 29", "29", "10"),
        ("Snow Cone Android 12.0 api 31", "31", "12"),
        ("Android", "8.1.0", "8.1"),
        ("Android", "14", "14"),
        ("Ubuntu 22.04.3 LTS", "22.04", "22.04"),
        ("Ubuntu", "20.04.6 LTS", "20.04"),
        ("Debian GNU/Linux 12 (bookworm)", "6.1.0-13-amd64", "12"),
        ("Debian GNU/Linux", "11.7", "11"),
        ("Linux Mint 21.2", "", "21.2"),
        ("Fedora release 25 (Twenty Five)", "25", "25"),
        ("Fedora 31 (Workstation Edition)", "5.6.15-200.fc31.x86_64", "31"),
    ],
)
def test_a_system_is_one_release(name: str, version: str, cycle: str) -> None:
    assert cycles(name, version) == (cycle,)


@pytest.mark.parametrize(
    ("name", "version"),
    [
        ("", ""),
        ("Windows Embedded Standard 7", ""),
        ("Microsoft Windows 10 Pro", "99H2"),
        ("Microsoft Windows 11 Pro", "10.0.99999"),
        ("macOS", ""),
        ("macOS", "9.2"),
        ("Android", "31"),
        ("Debian GNU/Linux", "6.1.0-13-amd64"),
        ("Ubuntu", "5.15.0-91-generic"),
        ("ChromeOS", "142"),
        ("Slackware 15", ""),
        ("Cisco IOS", "15.2(2)E8"),
        ("FreeBSD", "14.0"),
        ("Windows Server", ""),
        ("x" * 200, "9" * 200),
    ],
)
def test_what_does_not_say_enough_is_not_guessed_at(name: str, version: str) -> None:
    found = cycles(name, version)

    assert found == () or len(found) > 1


def test_an_edition_without_a_version_may_be_any_of_its_releases() -> None:
    found = cycles("Microsoft Windows 11 Pro")

    assert "11-24h2-w" in found
    assert all(cycle.endswith("-w") for cycle in found)


@pytest.mark.parametrize(
    ("title_key", "title", "version", "release"),
    [
        ("googlechrome", "Google Chrome", "142.0.7444.60", ("chrome", "142")),
        ("mozillafirefox", "Mozilla Firefox", "145.0.1", ("firefox", "145")),
        ("mozillafirefoxesr", "Mozilla Firefox ESR", "140.5", ("firefox", "140")),
        (
            *("mozillafirefox11540esr", "Mozilla Firefox 115.4.0 ESR", "115.4.0"),
            ("firefox", "115"),
        ),
        ("firefox", "Firefox", "140.5 ESR", ("firefox", "140")),
        ("libreoffice", "LibreOffice", "25.8.1.2", ("libreoffice", "25.8")),
        ("x", "Microsoft Office Professional Plus 2016", "16.0", ("office", "2016")),
        ("x", "Microsoft Office LTSC Standard 2021", "16.0", ("office", "2021")),
        ("x", "Microsoft Office LTSC Standard 2024", "16.0", ("office", "2024-ltsc")),
        ("x", "Microsoft Office Home and Student 2013", "15", ("office", "2013")),
        (
            *("x", "Microsoft Office Famille et Petite Entreprise 2010", "14"),
            ("office", "2010"),
        ),
        ("x", "Microsoft Office 2019", "16.0", ("office", "2019")),
    ],
)
def test_a_title_is_one_release(
    title_key: str, title: str, version: str, release: tuple[str, str]
) -> None:
    product = programs.product_of(title_key, title)
    assert product is not None

    found = programs.release_of(product, title, version, KNOWN)

    assert found is not None
    assert (found.product, found.cycle) == release


@pytest.mark.parametrize(
    ("title_key", "title"),
    [
        ("googlechromeapp", "Google Chrome.app"),
        ("mozillamaintenanceservice", "Mozilla Maintenance Service"),
        ("microsoft365apps", "Microsoft 365 Apps for enterprise"),
        ("x", "Microsoft Office 365 ProPlus"),
        ("x", "Microsoft Office File Validation Add-In"),
        ("x", "Microsoft Office Access database engine 2007"),
        ("x", "Microsoft Visual Studio 2010 Tools for Office Runtime"),
        ("x", "Update for Microsoft Office 2010"),
    ],
)
def test_parts_and_neighbours_of_a_product_are_not_it(
    title_key: str, title: str
) -> None:
    assert programs.product_of(title_key, title) is None


def test_a_version_that_is_newer_than_what_is_known_is_no_release() -> None:
    assert programs.release_of("chrome", "Google Chrome", "999.0", KNOWN) is None
    assert programs.release_of("chrome", "Google Chrome", "", KNOWN) is None


@pytest.mark.parametrize(
    ("product", "cycle", "name"),
    [
        ("windows", "11-24h2-e", "Windows 11 24H2, Education and Enterprise"),
        ("windows", "10-21h2-iot-lts", "Windows 10 21H2 IoT LTSC"),
        ("windows", "10-22h2", "Windows 10 22H2"),
        ("windows", "7-sp1", "Windows 7"),
        ("windows", None, "Windows, release not known"),
        ("windows-server", "2012-r2", "Windows Server 2012 R2"),
        ("windows-server", "2008-r2-sp1", "Windows Server 2008 R2 SP1"),
        ("office", "2024-ltsc", "Microsoft Office 2024 LTSC"),
        ("office", "2011-for-mac", "Microsoft Office 2011 for Mac"),
        ("ubuntu", "24.04", "Ubuntu 24.04"),
    ],
)
def test_a_release_has_a_name(product: str, cycle: str | None, name: str) -> None:
    assert called(product, cycle) == name


def test_every_release_that_is_known_has_a_name_of_its_own() -> None:
    names = [called(each.product, each.cycle) for each in store.own_facts()]

    assert {each.product for each in store.own_facts()} <= PRODUCTS.keys()
    assert len(set(names)) == len(names)
