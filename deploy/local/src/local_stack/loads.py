"""What a stack's directory is filled with: a demonstration, or one real LA."""

import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from local_stack import done, services, signins
from local_stack.county import agreements, generator, register
from local_stack.installation import Installation
from local_stack.part import Part
from local_stack.place import SERVICES, Place

DIRECTORY_WORK, REGISTER_WORK = "directory", "register"
PEOPLE_WORK, COUNTY_WORK = "people", "county"
AGENTS_WORK, CALENDARS_WORK = "agents", "calendars"
AGREEMENTS_WORK = "agreements"
AUTHORITY_WORK = "authority"


def make_parts(place: Place) -> Sequence[Part]:
    """Return the work of filling the directory, each once."""
    if place.installation is not None:
        return (_authority(place, place.installation),)
    return (
        *(_directory(place), _register(place), _people(place), _county(place)),
        *(_agents(place), _calendars(place), _agreements(place)),
    )


def _authority(place: Place, installation: Installation) -> Part:
    """Let the LA in; its first manager gets an invitation by e-mail."""
    return _told(place, AUTHORITY_WORK, "open-authority", installation.opening)


def _directory(place: Place) -> Part:
    county = generator.make_county(place.county)
    return _loading(place, DIRECTORY_WORK, generator.authorities_document(county))


def _people(place: Place) -> Part:
    county = generator.make_county(place.county)
    part = _loading(place, PEOPLE_WORK, generator.people_document(county))

    def finish() -> None:
        signins.write(place, county)
        part.finish()

    return replace(
        part,
        needs=(REGISTER_WORK, "realm"),
        is_done=lambda: part.is_done() and signins.are_written(place, county),
        finish=finish,
    )


def _loading(place: Place, work: str, told: dict[str, Any]) -> Part:
    """Load a directory document, whatever it tells of."""
    return _told(place, work, "load", json.dumps(told))


def _told(place: Place, work: str, verb: str, document: str) -> Part:
    """Tell a verb of the gateway a document, once for each that differs."""
    wanted = done.digest(document)
    return Part(
        name=work,
        command=services.service_command("gateway", verb),
        env=services.service_environment(place, "gateway", verb),
        stdin=document,
        needs=("migrate-gateway",),
        is_done=lambda: done.is_done(place, work, wanted),
        finish=lambda: done.remember(place, work, wanted),
    )


def _register(place: Place) -> Part:
    """Import the county's register as an operator would."""
    county = generator.make_county(place.county)
    folder = place.run_dir / REGISTER_WORK
    files = {
        folder / register.FILE_NAME: register.register_file(county),
        folder / register.LINKS_NAME: register.links_file(county),
    }
    wanted = done.digest(*(content.decode("cp1252") for content in files.values()))

    def write() -> None:
        folder.mkdir(exist_ok=True)
        for path, content in files.items():
            path.write_bytes(content)

    schools, links = map(str, files)
    words = ("schools-import", schools, "--links", links, "--yes")
    return Part(
        name=REGISTER_WORK,
        command=services.service_command("gateway", *words),
        env=services.service_environment(place, "gateway", "schools-import"),
        needs=(DIRECTORY_WORK,),
        prepare=write,
        is_done=lambda: done.is_done(place, REGISTER_WORK, wanted),
        finish=lambda: done.remember(place, REGISTER_WORK, wanted),
    )


def _county(place: Place) -> Part:
    everything = tuple(SERVICES) + tuple(f"{service}-worker" for service in SERVICES)
    wanted = f"{generator.SEED} {place.county}"
    return Part(
        name=COUNTY_WORK,
        command=[sys.executable, "-m", "local_stack", "seed"],
        env=services.stack_environment(place),
        needs=(*everything, PEOPLE_WORK),
        is_done=lambda: done.is_done(place, COUNTY_WORK, wanted),
        finish=lambda: done.remember(place, COUNTY_WORK, wanted),
    )


def _agents(place: Place) -> Part:
    """Let a school of the demonstration have its key, once its service knows it."""
    county = generator.make_county(place.county)
    document = json.dumps(signins.enrolled(place, county))
    return _begun(place, AGENTS_WORK, ("inventory", "enrol"), document)


def _calendars(place: Place) -> Part:
    """Let LAs and schools have their calendars, once the service desk knows them."""
    county = generator.make_county(place.county)
    document = json.dumps(generator.calendars_document(county))
    return _begun(place, CALENDARS_WORK, ("servicedesk", "calendars"), document)


def _agreements(place: Place) -> Part:
    """Let each LA have what it agreed, and a school, once its service knows it."""
    county = generator.make_county(place.county)
    home = signins.enrolled(place, county)
    urns = {home["la_code"]: home["school_urn"]}
    told = [
        agreements.document(each.la_code, each.name, urns.get(each.la_code))
        for each in county.authorities
    ]
    return _begun(place, AGREEMENTS_WORK, ("servicedesk", "agree"), json.dumps(told))


def _begun(place: Place, work: str, verb: tuple[str, str], document: str) -> Part:
    """Tell a verb of a service what schools begin with, once they are there."""
    wanted = done.digest(document)
    return Part(
        name=work,
        command=services.service_command(*verb),
        env=services.service_environment(place, *verb),
        stdin=document,
        needs=(COUNTY_WORK,),
        is_done=lambda: done.is_done(place, work, wanted),
        finish=lambda: done.remember(place, work, wanted),
    )
