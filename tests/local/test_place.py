import json
import os
import socket
import stat
from pathlib import Path

import psutil
import pytest

from contracts import roles
from local_stack import (
    checks,
    done,
    logs,
    place,
    secret_files,
    services,
    signins,
    stack,
    state,
)
from local_stack.county import generator
from local_stack.place import SERVICES, Place


@pytest.fixture
def where(tmp_path: Path) -> Place:
    settings = {
        "JOINEDUP_RUN_DIR": str(tmp_path / "run"),
        "JOINEDUP_CACHE_DIR": str(tmp_path / "cache"),
        "JOINEDUP_PORT_BASE": "28000",
        "JOINEDUP_PORT": "28500",
    }
    return place.find(settings)


def test_no_two_processes_share_a_port(where: Place) -> None:
    assert len(set(where.ports.values())) == len(where.ports)
    assert all(20000 <= port <= 29999 for port in where.ports.values())


def test_a_secret_is_made_once_and_for_its_owner_alone(where: Place) -> None:
    made = secret_files.password(where, "postgres-superuser")

    assert secret_files.password(where, "postgres-superuser") == made
    path = where.secrets_dir / "postgres-superuser"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(where.secrets_dir.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    ("public_file", "private_file"),
    [
        (secret_files.INTERNAL_JWKS, secret_files.INTERNAL_KEYS),
        (secret_files.AUDIT_JWKS, secret_files.AUDIT_KEYS),
    ],
)
def test_the_public_keys_hold_no_private_part(
    where: Place, public_file: str, private_file: str
) -> None:
    secret_files.ensure_keys(where)
    public = json.loads((where.secrets_dir / public_file).read_text())
    private = json.loads((where.secrets_dir / private_file).read_text())

    assert "d" in private["keys"][0]
    assert "d" not in public["keys"][0]
    assert public["keys"][0]["kid"] == private["keys"][0]["kid"]


def test_every_role_gets_a_sign_in_in_a_file_of_its_owner(where: Place) -> None:
    county = generator.make_county()
    signins.write(where, county)
    told = signins.read(where)

    assert stat.S_IMODE(where.signins_file.stat().st_mode) == 0o600
    assert set(signins.PRINTED) <= set(told)
    [urn] = told["school-technician"]["schools"]
    assert urn in {school.urn for school in county.running if school.la_code == "990"}
    assert told["school-technician"]["la_code"] == "990"
    assert told["la-manager"]["la_code"] == "990"
    asked = {name for name in signins.PRINTED if told[name]["totp_secret"]}
    assert asked == roles.SECOND_FACTOR
    # By the name at which people sign in: every token names the same issuer.
    assert told["clients"]["rbc-demo"]["token_url"].startswith(where.keycloak_url + "/")


def test_sign_ins_of_an_older_stack_are_written_anew(where: Place) -> None:
    county = generator.make_county()
    signins.write(where, county)
    fresh = signins.are_written(where, county)
    where.signins_file.write_text('{"la-manager": {"totp_secret": null}}', "utf-8")

    assert fresh
    assert not signins.are_written(where, county)


@pytest.mark.parametrize("service", SERVICES)
def test_only_a_worker_is_told_the_key_that_signs_anchors(
    where: Place, service: str
) -> None:
    told = {
        verb: services.service_environment(where, service, verb)
        for verb in ("api", "worker", "migrate", "verify-audit")
    }

    assert [
        verb for verb, said in told.items() if "JOINEDUP_AUDIT_KEY_FILE" in said
    ] == ["worker"]


@pytest.mark.parametrize("service", SERVICES)
def test_an_api_is_not_told_the_owners_password(where: Place, service: str) -> None:
    told = services.service_environment(where, service, "api")

    assert "JOINEDUP_OWNER_DATABASE_URL" not in told
    assert f"{service}_app:" in told["JOINEDUP_DATABASE_URL"]
    assert ("JOINEDUP_INTERNAL_KEY_FILE" in told) is (service == "gateway")


def test_an_api_is_not_told_how_to_keep_accounts(where: Place) -> None:
    secret = "JOINEDUP_PEOPLE_CLIENT_SECRET_FILE"
    told = {
        (service, verb)
        for service in SERVICES
        for verb in ("api", "worker", "migrate", "load", "people-sync")
        if secret in services.service_environment(where, service, verb)
    }

    assert told == {("gateway", "worker"), ("gateway", "people-sync")}


def test_a_taken_port_is_told_with_its_number_and_its_holder(where: Place) -> None:
    with socket.create_server(("127.0.0.1", where.public_port)):
        found = list(checks.complaints(where, with_ports=True))

    told = next(sentence for sentence in found if "28500" in sentence)
    assert psutil.Process().name() in told
    assert str(os.getpid()) in told
    assert "JOINEDUP_PORT" in told


def test_missing_java_is_one_sentence(
    where: Place, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    found = list(checks.complaints(where, with_ports=False))

    assert any(sentence.startswith("Java is missing") for sentence in found)


def test_a_full_disk_is_one_sentence(
    where: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checks, "LEAST_FREE_BYTES", 1 << 62)
    found = list(checks.complaints(where, with_ports=False))

    assert any("less than 2 GiB free" in sentence for sentence in found)


def test_work_done_for_other_inputs_is_not_done(where: Place) -> None:
    done.remember(where, "realm", done.digest("a"))

    assert done.is_done(where, "realm", done.digest("a"))
    assert not done.is_done(where, "realm", done.digest("b"))


def test_a_large_log_is_moved_aside_while_its_writer_goes_on(where: Place) -> None:
    log = logs.path(where, "nats")
    log.parent.mkdir(parents=True)
    with log.open("ab", buffering=0) as writer:
        writer.write(b"old line\n" * 100)
        logs.rotate(where, largest=100)
        writer.write(b"new line\n")

    assert log.read_bytes() == b"new line\n"
    assert log.with_suffix(".log.1").read_bytes().startswith(b"old line\n")


def test_a_state_file_is_read_back_as_it_was_written(where: Place) -> None:
    where.run_dir.mkdir()
    me = state.identify(os.getpid())
    assert me is not None
    told = state.State(me, {"a": state.PartState("ready", me, 1.5, 2, "why")})
    state.write(where, told)

    assert state.read(where) == told
    assert state.running(where) == told


def test_a_number_that_another_process_got_is_not_taken_for_the_old_one() -> None:
    me = state.identify(os.getpid())
    assert me is not None

    assert state.find(me) is not None
    assert state.find(state.Process(me.pid, me.created_at - 60)) is None


def test_only_one_holds_a_stack(tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    with state.only_one(lock) as is_first, state.only_one(lock) as is_second:
        assert is_first
        assert not is_second


def test_a_run_folder_goes_on_with_the_county_that_it_holds(where: Place) -> None:
    settings = {"JOINEDUP_RUN_DIR": str(where.run_dir)}
    small = place.find(settings | {"JOINEDUP_COUNTY": "small"})
    stack.make_folders(small)
    place.keep_county(small)

    assert place.find(settings).county == "small"
    assert list(checks.complaints(small, with_ports=False)) == []
    other = place.find(settings | {"JOINEDUP_COUNTY": "whole"})
    [told] = checks.complaints(other, with_ports=False)
    assert "holds the small county" in told
    assert "make reset" in told
