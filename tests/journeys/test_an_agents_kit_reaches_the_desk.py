"""From an agent's report to the service desk: the demonstration's key, every hop."""

import zlib
from typing import Any
from uuid import uuid4

import httpx

from tests.stack import Stack, eventually

ASSETS = "/api/inventory/v1/assets"
TICKETS = "/api/servicedesk/v1/tickets"
REPORT = """<?xml version="1.0" encoding="UTF-8"?>
<REQUEST>
  <CONTENT>
    <BIOS>
      <SMANUFACTURER>LENOVO</SMANUFACTURER>
      <SMODEL>ThinkPad L13</SMODEL>
      <SSN>{serial}</SSN>
    </BIOS>
    <HARDWARE><NAME>{serial}</NAME><CHASSIS_TYPE>Notebook</CHASSIS_TYPE></HARDWARE>
    <VERSIONCLIENT>FusionInventory-Agent_v2.6</VERSIONCLIENT>
  </CONTENT>
  <DEVICEID>{serial}-2026-09-01-08-00-00</DEVICEID>
  <QUERY>INVENTORY</QUERY>
</REQUEST>
"""


def told(stack: Stack, body: str, key: str) -> httpx.Response:
    return httpx.post(
        f"{stack.url}/agent",
        content=zlib.compress(body.encode()),
        headers={"content-type": "application/x-compress-zlib"},
        auth=(str(stack.signins["agent"]["school"]), key),
        timeout=30,
    )


def test_a_fault_is_reported_of_what_an_agent_found(stack: Stack) -> None:
    serial = f"J{uuid4().hex[:10].upper()}"
    known: dict[str, Any] = stack.signins["agent"]
    report = REPORT.format(serial=serial)

    assert told(stack, report, "jek-" + "a" * 32).status_code == 401
    assert told(stack, report, known["enrolment_key"]).status_code == 200

    with stack.client() as api:
        asked = {"q": serial, "school": known["school"]}
        [asset] = api.get(ASSETS, params=asked).raise_for_status().json()["items"]
        assert (asset["tag"], asset["category"]) == (serial, "laptop")
        ticket = {
            "school_urn": known["school"],
            "summary": f"{serial} does not start",
            "asset_id": asset["asset_id"],
            "impact": "low",
            "urgency": "low",
        }
        eventually(lambda: api.post(TICKETS, json=ticket).status_code == 201)
