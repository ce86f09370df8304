"""Every package that is installed is named with its version and its hash."""

import json
import tomllib

from tests.architecture import features

LOCK = tomllib.loads((features.ROOT / "uv.lock").read_text("utf-8"))
WEB = features.ROOT / "services" / "gateway" / "web" / "package-lock.json"


def test_every_python_package_is_locked_with_its_hashes() -> None:
    fetched = [p for p in LOCK["package"] if "registry" in p["source"]]
    loose = [
        package["name"]
        for package in fetched
        for file in (*package.get("wheels", ()), package.get("sdist", {}))
        if file and not file.get("hash", "").startswith("sha256:")
    ]

    assert len(fetched) > 50
    assert loose == []


def test_what_is_not_fetched_is_ours() -> None:
    ours = {p["name"] for p in LOCK["package"] if "registry" not in p["source"]}

    assert {name for name in ours if not name.startswith("joinedup-")} == set()


def test_every_web_package_is_locked_with_its_hash() -> None:
    packages = json.loads(WEB.read_text("utf-8"))["packages"]
    fetched = {name: told for name, told in packages.items() if name}

    assert fetched
    assert [n for n, told in fetched.items() if not told.get("integrity")] == []
