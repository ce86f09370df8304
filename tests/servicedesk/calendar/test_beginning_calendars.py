"""Calendars are begun by a verb, and what people wrote since stays."""

import os
import subprocess
import sys
from typing import Any

import orjson
import pytest

from chassis.testing.databases import ServiceDatabase
from tests.servicedesk.calendar.writing import LA, SCHOOL, own, period, terms, written
from tests.servicedesk.world import HERE, LEADER, MANAGER, Call

TRAINING = period("inset", "2025-10-17", name="Safeguarding")


def begin(rows: ServiceDatabase, told: object) -> subprocess.CompletedProcess[bytes]:
    env = os.environ | {
        "JOINEDUP_DATABASE_URL": rows.app,
        # Nobody signs anything here: it is read by who answers requests.
        "JOINEDUP_INTERNAL_JWKS_FILE": os.devnull,
    }
    return subprocess.run(
        [sys.executable, "-m", "servicedesk", "calendars"],
        input=orjson.dumps(told),
        env=env,
        capture_output=True,
        check=False,
    )


def document(**of_school: Any) -> dict[str, Any]:
    school = {"la_code": "940", "school_urn": HERE.urn, "said": own(TRAINING)}
    return {
        "authorities": [{"la_code": "940", "said": terms()}],
        "schools": [school | of_school],
    }


async def test_what_is_told_is_written_once(by: Call, rows: ServiceDatabase) -> None:
    first, second = begin(rows, document()), begin(rows, document())

    assert (first.stdout, second.stdout) == (
        b"2 calendars written.\n",
        b"0 calendars written.\n",
    ), first.stderr
    of_la = (await by(MANAGER).get(LA)).json()
    of_school = (await by(LEADER).get(SCHOOL)).json()
    assert (of_la["version"], of_la["hours"]) == (1, terms()["hours"])
    assert (of_school["version"], of_school["periods"]) == (1, [TRAINING])


async def test_what_people_wrote_stays(by: Call, rows: ServiceDatabase) -> None:
    made = await written(by(LEADER), SCHOOL, own(period("closure", "2025-10-20")))

    assert begin(rows, document()).stdout == b"1 calendars written.\n"

    assert (await by(LEADER).get(SCHOOL)).json()["periods"] == made["periods"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"said": own(period("inset", "2025-10-18"))}, b"were not written"),
        ({"school_urn": 999999}, b"were not written"),
        ({"said": {}}, b"This tells of no calendars"),
    ],
    ids=["impossible", "unknown", "nothing"],
)
async def test_what_cannot_be_is_refused_as_a_whole(
    by: Call, rows: ServiceDatabase, changes: dict[str, Any], words: bytes
) -> None:
    done = begin(rows, document(**changes))

    assert done.returncode == 1
    assert words in done.stderr
    assert (await by(MANAGER).get(LA)).json()["version"] == 0
