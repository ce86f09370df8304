"""The import contracts hold, and each one fails when it is broken on purpose."""

import configparser
import os
import shutil
import subprocess
import sys
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.architecture import features

CONFIG = features.ROOT / ".importlinter"
LINTER = Path(sys.executable).with_name("lint-imports")

# Contract: the file to spoil, and the line that spoils it.
BREAKS = {
    "services-are-independent": ("inventory/assets/service.py", "import strategy.app"),
    "services-chassis-contracts": ("chassis/paging.py", "import inventory"),
    "feature-files": ("inventory/history/model.py", "import inventory.history.store"),
    "gateway-login": ("gateway/login/model.py", "import gateway.login.service"),
    "gateway-sessions": ("gateway/sessions/seal.py", "import gateway.sessions.store"),
    "gateway-callers": (
        "gateway/callers/upstream.py",
        "import gateway.callers.service",
    ),
    "gateway-opening": ("gateway/opening/model.py", "import gateway.opening.service"),
    "gateway-directory": (
        "gateway/directory/store.py",
        "import gateway.directory.schemas",
    ),
    "gateway-register": (
        "gateway/register/store.py",
        "import gateway.register.service",
    ),
    "gateway-register-model": (
        "gateway/register/model/reading.py",
        "import gateway.register.model.comparing",
    ),
    "inventory-sheets-model": (
        "inventory/sheets/model/values.py",
        "import inventory.sheets.model.reading",
    ),
    "inventory-agents-model": (
        "inventory/agents/model/values.py",
        "import inventory.agents.model.reading",
    ),
    "servicedesk-calendar-model": (
        "servicedesk/calendar/model/days.py",
        "import servicedesk.calendar.model.clock",
    ),
    "servicedesk-clocks-model": (
        "servicedesk/clocks/model/states.py",
        "import servicedesk.clocks.model.dues",
    ),
    "gateway-proxy": ("gateway/proxy/capacity.py", "import gateway.proxy.service"),
    "gateway-people": ("gateway/people/steps.py", "import gateway.people.service"),
    "gateway-clients": ("gateway/clients/model.py", "import gateway.clients.store"),
    "gateway-privacy": ("gateway/privacy/holders.py", "import gateway.privacy.store"),
    "gateway-provisioning": (
        "gateway/provisioning/desk.py",
        "import gateway.provisioning.service",
    ),
    "gateway-second-steps": (
        "gateway/second_steps/account.py",
        "import gateway.second_steps.service",
    ),
    "gateway-mail": ("gateway/mail/writing.py", "import gateway.mail.service"),
    "gateway-features": ("gateway/notices/model.py", "import gateway.notices.store"),
    "portal-asset-schemas": (
        "gateway/portal/assets/schemas/answers.py",
        "import gateway.portal.assets.schemas.forms",
    ),
    "portal-consumable-schemas": (
        "gateway/portal/consumables/schemas/answers.py",
        "import gateway.portal.consumables.schemas.forms",
    ),
    "portal-calendar-model": (
        "gateway/portal/calendars/model/words.py",
        "import gateway.portal.calendars.model.entries",
    ),
    "portal-circuit-schemas": (
        "gateway/portal/circuits/schemas/answers.py",
        "import gateway.portal.circuits.schemas.forms",
    ),
    "portal-visit": (
        "gateway/portal/visit/flash.py",
        "import gateway.portal.visit.model",
    ),
    "portal-tables": (
        "gateway/portal/tables/model.py",
        "import gateway.portal.tables.export",
    ),
    "portal-comparison": (
        "gateway/portal/comparison/drawn.py",
        "import gateway.portal.comparison.service",
    ),
    "portal-charts": (
        "gateway/portal/charts/service.py",
        "import gateway.portal.charts.drawing",
    ),
    "portal-features": (
        "gateway/portal/home/service.py",
        "import gateway.portal.home.routes",
    ),
    "no-cycles": ("inventory/schools/service.py", "import inventory.assets.service"),
    "the-domain-is-plain": ("inventory/assets/model/asset.py", "import psycopg"),
    "the-driver-stays-in-the-chassis": (
        "inventory/assets/service.py",
        "import psycopg",
    ),
    "the-bus-client-stays-in-the-chassis": (
        "inventory/assets/service.py",
        "import nats",
    ),
    "the-job-queue-stays-in-the-chassis": (
        "inventory/assets/service.py",
        "import procrastinate",
    ),
    "chassis-audit": ("chassis/audit/store.py", "import chassis.audit.service"),
    "chassis-auditing": (
        "chassis/auditing/schemas.py",
        "import chassis.auditing.routes",
    ),
    "chassis-audit-store": ("chassis/process.py", "import chassis.audit.store"),
    "chassis-files": ("chassis/files/store.py", "import chassis.files.service"),
    "chassis-files-store": ("chassis/process.py", "import chassis.files.store"),
    "chassis-jobs": ("chassis/jobs/store.py", "import chassis.jobs.service"),
    "chassis-jobs-store": ("chassis/process.py", "import chassis.jobs.store"),
    "the-web-stays-at-the-edge": ("inventory/assets/service.py", "import fastapi"),
    "the-chassis-knows-no-domain-word": (
        "chassis/auth.py",
        "import contracts.inventory",
    ),
    "the-supervisor-imports-no-service": (
        "local_stack/plan.py",
        "import inventory.app",
    ),
}
# Hidden arrows count as well.
HIDDEN = {
    "inside a function": "def late():\n    import strategy.app as it\n    return it",
    "for the type checker": (
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import strategy.app"
    ),
}


def contracts() -> dict[str, configparser.SectionProxy]:
    parser = configparser.ConfigParser(interpolation=None)
    parser.read(CONFIG, encoding="utf-8")
    prefix = "importlinter:contract:"
    return {
        name.removeprefix(prefix): parser[name]
        for name in parser.sections()
        if name.startswith(prefix)
    }


STORES = [name for name in contracts() if name.startswith("store-")]


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of all sources side by side, to be spoilt."""
    copy = tmp_path_factory.mktemp("sources")
    for package, source in features.SOURCES.items():
        ignored = shutil.ignore_patterns("__pycache__", "static", "templates/*.html")
        shutil.copytree(source / package, copy / package, ignore=ignored)
    shutil.copy(CONFIG, copy)
    return copy


def lint(folder: Path, *contract: str) -> subprocess.CompletedProcess[str]:
    chosen = [word for name in contract for word in ("--contract", name)]
    return subprocess.run(
        [str(LINTER), "--no-cache", *chosen],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )


@contextmanager
def planted_in(spoilt: Path, line: str) -> Generator[None]:
    before = spoilt.read_text("utf-8")
    spoilt.write_text(f"{before}\n{line}\n", "utf-8")
    try:
        yield
    finally:
        spoilt.write_text(before, "utf-8")


def assert_broken(folder: Path, contract: str, file: str, line: str) -> None:
    with planted_in(folder / file, line):
        told = lint(folder, contract)
    assert told.returncode == 1, told.stderr
    assert f"{contracts()[contract]['name']} BROKEN" in told.stdout


def test_every_contract_is_kept() -> None:
    told = lint(features.ROOT)

    assert told.returncode == 0, told.stdout
    assert " 0 broken." in told.stdout


def test_the_copy_is_kept_before_it_is_spoilt(sources: Path) -> None:
    assert lint(sources).returncode == 0


@pytest.mark.parametrize("contract", BREAKS)
def test_a_broken_contract_is_seen(sources: Path, contract: str) -> None:
    assert_broken(sources, contract, *BREAKS[contract])


def test_a_store_that_another_feature_uses_is_seen(sources: Path) -> None:
    """Each line breaks the contract of its own store alone: one look tells of all."""
    known = contracts()
    stores = {name: known[name]["protected_modules"] for name in STORES}
    with ExitStack() as spoilt:
        for service in features.SERVICES:
            own = [each for each in stores.values() if each.startswith(f"{service}.")]
            lines = "\n".join(f"import {store}" for store in own)
            spoilt.enter_context(planted_in(sources / service / "app.py", lines))
        told = lint(sources, *STORES)

    kept = [
        name for name in STORES if f"{known[name]['name']} BROKEN" not in told.stdout
    ]
    assert kept == []


@pytest.mark.parametrize("planted", HIDDEN.values(), ids=HIDDEN.keys())
def test_a_hidden_import_is_seen(sources: Path, planted: str) -> None:
    file = "inventory/assets/service.py"

    assert_broken(sources, "services-are-independent", file, planted)


@pytest.mark.parametrize("feature", ["inventory/assets", "gateway/people"])
def test_a_file_of_another_name_is_seen(sources: Path, feature: str) -> None:
    stray = sources / feature / "helpers.py"
    stray.write_text('"""A drawer."""\n', "utf-8")
    try:
        told = lint(sources)
    finally:
        stray.unlink()

    assert told.returncode == 1
    assert "helpers" in told.stdout


def test_a_break_is_planted_for_every_contract() -> None:
    assert {*BREAKS, *STORES} == contracts().keys()


def test_every_store_is_protected() -> None:
    stores = {
        module
        for service in features.SERVICES
        for package in features.packages(service)
        for module in features.modules(package)
        if module.endswith("store")
    }

    assert {contracts()[name]["protected_modules"] for name in STORES} == stores


def test_every_feature_of_the_gateway_is_layered() -> None:
    layered = {
        container
        for contract in contracts().values()
        for container in contract.get("containers", "").split()
    }
    bare = {"gateway", "gateway.portal", "gateway.portal.templates"}

    assert set(features.packages("gateway")) - layered == bare


def test_every_contract_of_a_service_is_kept_from_the_chassis() -> None:
    forbidden = contracts()["the-chassis-knows-no-domain-word"]["forbidden_modules"]

    assert {*features.modules("contracts"), "contracts.__main__"} - {
        "contracts.event"
    } == set(forbidden.split())
