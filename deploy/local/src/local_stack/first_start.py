"""Sets a real LA up: what is told is looked at first, and kept whole or not at all."""

import os
import subprocess
from collections.abc import Mapping

from pydantic import ValidationError

from local_stack import secret_files, services, stack
from local_stack.installation import Installation
from local_stack.place import NO_COUNTY, Place
from local_stack.refusal import StackRefused


def set_up(place: Place, told: Mapping[str, object]) -> str:
    """Keep what a real LA's installation is, and return the LA's name.

    Told again, it may say another address or mail server. Another LA or manager comes
    in beside those who are there.

    Raises:
        StackRefused: the folder holds a demonstration, or what is told cannot be.
    """
    if place.kept_county not in {None, NO_COUNTY}:
        raise StackRefused(
            f"{place.run_dir} holds a demonstration: `make reset` deletes it, or set "
            "JOINEDUP_RUN_DIR to another folder."
        )
    try:
        installation = Installation.model_validate(told)
    except ValidationError as wrong:
        said = [_sentence(each["loc"], each["msg"]) for each in wrong.errors()]
        raise StackRefused("\n".join(said)) from wrong
    stack.refuse_on(installation.complaints())
    name = _checked(installation)
    place.run_dir.mkdir(parents=True, exist_ok=True)
    secret_files.write(place.installation_file, installation.model_dump_json(indent=2))
    return name


def _checked(installation: Installation) -> str:
    """Have the directory look at the LA and its manager; return the LA's name."""
    done = subprocess.run(  # noqa: S603 - a service of ours
        services.service_command("gateway", "open-authority", "--check"),
        env={k: v for k, v in os.environ.items() if not k.startswith("JOINEDUP_")},
        input=installation.opening,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise StackRefused(done.stderr.strip())
    return done.stdout.strip()


def _sentence(where: tuple[int | str, ...], said: str) -> str:
    field = ".".join(str(each) for each in where)
    return f"{field}: {said.removeprefix('Value error, ')}."
