"""What `joinedup init` keeps, what it refuses, and what a stack then is."""

import stat
from pathlib import Path
from typing import Any

import pytest

from local_stack import (
    checks,
    first_start,
    loads,
    place,
    plan,
    realm_wanted,
    services,
    stack,
)
from local_stack.place import Place
from local_stack.refusal import StackRefused

TOLD = {
    "la_code": "940",
    "manager_name": "Wilhelmina Ng",
    "manager_email": "wilhelmina@example.org",
}


def found(folder: Path, **settings: str) -> Place:
    return place.find({"JOINEDUP_RUN_DIR": str(folder / "run"), **settings})


@pytest.fixture
def mail(tmp_path: Path) -> dict[str, Any]:
    password_file = tmp_path / "password"
    password_file.write_text("a secret\n")
    return {
        "host": "mail.example.org",
        "sender": "Joinedup <ict@example.org>",
        "user": "joinedup",
        "password_file": password_file,
    }


def test_a_real_la_has_nothing_of_a_demonstration(tmp_path: Path) -> None:
    assert first_start.set_up(found(tmp_path), TOLD) == "North Northamptonshire"
    real = found(tmp_path, JOINEDUP_COUNTY="small")

    names = [part.name for part in plan.make_parts(real)]
    realm = realm_wanted.wanted_realm(real)

    assert [part.name for part in loads.make_parts(real)] == ["authority"]
    assert not {"directory", "register", "people", "county"} & set(names)
    assert "mail" in names
    assert "rbc-demo" not in str(realm)
    assert stat.S_IMODE(real.installation_file.stat().st_mode) == 0o600


def test_where_it_is_found_and_by_whom_it_sends(
    tmp_path: Path, mail: dict[str, Any]
) -> None:
    addresses = {
        "address": "https://ict.example.org/",
        "sign_on_address": "https://login.example.org",
    }
    first_start.set_up(found(tmp_path), TOLD | addresses | {"mail": mail})
    real = found(tmp_path)

    told = services.service_environment(real, "gateway", "worker")
    realm = realm_wanted.wanted_realm(real)

    assert real.public_url == "https://ict.example.org"
    assert real.keycloak_url == "https://login.example.org"
    assert real.keycloak_here.startswith("http://127.0.0.1:")
    assert told["JOINEDUP_SMTP_HOST"] == "mail.example.org"
    assert told["JOINEDUP_SMTP_SECURITY"] == "starttls"
    assert told["JOINEDUP_TRUSTED_PROXIES"] == '["127.0.0.1"]'
    assert "a secret" not in str(told)
    assert realm["smtpServer"] == {
        "host": "mail.example.org",
        "port": "587",
        "from": "ict@example.org",
        "fromDisplayName": "Joinedup",
        "ssl": "false",
        "starttls": "true",
        "auth": "true",
        "user": "joinedup",
        "password": "a secret",
    }
    assert "mail" not in [part.name for part in plan.make_parts(real)]


def test_a_password_that_went_missing_is_told_and_can_be_put_right(
    tmp_path: Path, mail: dict[str, Any]
) -> None:
    first_start.set_up(found(tmp_path), TOLD | {"mail": mail})
    mail["password_file"].unlink()

    [told] = checks.complaints(found(tmp_path), with_ports=False)
    with pytest.raises(StackRefused) as again:
        first_start.set_up(found(tmp_path), TOLD | {"mail": mail})
    first_start.set_up(found(tmp_path), TOLD)

    assert "there is no such file" in told
    assert told == str(again.value)
    assert list(checks.complaints(found(tmp_path), with_ports=False)) == []


@pytest.mark.parametrize("text", ["", "{", "{}", "[]"])
def test_a_damaged_file_is_told(tmp_path: Path, text: str) -> None:
    first_start.set_up(found(tmp_path), TOLD)
    found(tmp_path).installation_file.write_text(text)

    with pytest.raises(StackRefused) as refused:
        found(tmp_path)

    assert "is damaged" in str(refused.value)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"la_code": "928"}, "was ended in 2021"),
        ({"manager_email": "olu"}, "e-mail address"),
        ({"address": "http://ict.example.org"}, "address: an address is https"),
        ({"address": "ict.example.org"}, "address: an address is like"),
        ({"sign_on_address": "https://x.org/auth"}, "ends with its host"),
        ({"mail": {"host": "x"}}, "mail.sender"),
        ({"mail": {"host": "x", "sender": "y", "user": "z"}}, "a user and a password"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_kept(
    tmp_path: Path, wrong: dict[str, Any], said: str
) -> None:
    with pytest.raises(StackRefused) as refused:
        first_start.set_up(found(tmp_path), TOLD | wrong)

    assert said in str(refused.value)
    assert not found(tmp_path).run_dir.exists()


def test_the_folder_of_a_demonstration_is_left_alone(tmp_path: Path) -> None:
    demonstration = found(tmp_path, JOINEDUP_COUNTY="small")
    stack.make_folders(demonstration)
    place.keep_county(demonstration)

    with pytest.raises(StackRefused) as refused:
        first_start.set_up(demonstration, TOLD)

    assert "holds a demonstration" in str(refused.value)
    assert not demonstration.installation_file.exists()


def test_what_cannot_be_delivered_comes_back_where_that_was_asked(
    tmp_path: Path, mail: dict[str, Any]
) -> None:
    first_start.set_up(found(tmp_path), TOLD | {"mail": mail})
    without = found(tmp_path)
    back = mail | {"return_address": "bounces@ict.example.org"}
    first_start.set_up(found(tmp_path), TOLD | {"mail": back})
    real = found(tmp_path)

    told = services.service_environment(real, "gateway", "returned-mail")

    assert "gateway-returns" not in [part.name for part in plan.make_parts(without)]
    assert "gateway-returns" in [part.name for part in plan.make_parts(real)]
    assert told["JOINEDUP_SMTP_RETURN"] == "bounces@ict.example.org"
    assert told["JOINEDUP_RETURNS_PORT"] == str(real.ports["gateway-returns"])
    assert "JOINEDUP_PEOPLE_CLIENT_SECRET_FILE" not in told


@pytest.mark.parametrize("address", ["bounces", "a+b@x.example", f"{'a' * 19}@x.org"])
def test_an_address_that_takes_nothing_back_is_told(
    tmp_path: Path, mail: dict[str, Any], address: str
) -> None:
    with pytest.raises(StackRefused, match="mail comes back to an address"):
        first_start.set_up(
            found(tmp_path), TOLD | {"mail": mail | {"return_address": address}}
        )
