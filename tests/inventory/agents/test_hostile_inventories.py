"""Whatever arrives is read or refused by name, and takes little memory either way."""

import gzip
import json
import tracemalloc
import zlib
from collections.abc import Callable, Generator
from contextlib import contextmanager

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventory.agents.model import decoding, documents, reading
from inventory.agents.model.refusals import (
    InventoryTooLarge,
    InventoryUnreadable,
    InventoryUnsupported,
)
from inventory.agents.model.report import Told

REFUSALS = (InventoryTooLarge, InventoryUnreadable, InventoryUnsupported)
Pack = Callable[[bytes], bytes]

JSON = "application/json"
XML = "application/xml"
PC = {
    "deviceid": "pc-2026-01-01-00-00-00",
    "action": "inventory",
    "content": {
        "versionclient": "GLPI-Agent_v1.11",
        "bios": {"smanufacturer": "Lenovo", "smodel": "L13", "ssn": "PF3ABCDE"},
        "hardware": {"name": "pc", "memory": 8192},
        "softwares": [{"name": "Firefox", "version": "130"}],
    },
}
PROLOG = (
    "<?xml version='1.0' encoding='UTF-8'?>"
    "<REQUEST><DEVICEID>pc-1</DEVICEID><QUERY>PROLOG</QUERY></REQUEST>"
)
# The reader's own bounds, the unpacked text, and room for what holds them.
MOST_MEMORY = 50 << 20


@contextmanager
def little_memory() -> Generator[None]:
    """See that what happens within takes no more than a bounded bit of memory."""
    tracemalloc.start()
    try:
        yield
        _, peak = tracemalloc.get_traced_memory()
        assert peak < MOST_MEMORY, f"{peak >> 20} MiB"
    finally:
        tracemalloc.stop()


def packed(text: str) -> bytes:
    return zlib.compress(text.encode())


@pytest.mark.parametrize("pack", [bytes, zlib.compress, gzip.compress])
def test_a_message_is_read_however_it_is_packed(
    pack: Pack,
) -> None:
    for text, kind in ((json.dumps(PC), JSON), (PROLOG, XML)):
        assert reading.read(pack(text.encode()), "application/x-compress-zlib")
        assert reading.read(pack(text.encode()), f"{kind}; charset=UTF-8")


BROKEN = [
    (json.dumps(PC).encode(), "text/html", InventoryUnsupported),
    (json.dumps(PC).encode(), None, InventoryUnsupported),
    (b"hello", JSON, InventoryUnsupported),
    (b"", JSON, InventoryUnreadable),
    (json.dumps(PC).encode()[:-3], JSON, InventoryUnreadable),
    (packed(json.dumps(PC))[:-3], JSON, InventoryUnreadable),
    (packed(json.dumps(PC)) + b"more", JSON, InventoryUnreadable),
    (gzip.compress(b"{}")[:12], JSON, InventoryUnreadable),
    (b"[1, 2]", JSON, InventoryUnsupported),
    (b'{"deviceid": "a"}', JSON, InventoryUnreadable),
    (b'{"deviceid": "a", "content": []}', JSON, InventoryUnreadable),
    (b'{"content": {"versionclient": "a"}}', JSON, InventoryUnreadable),
    (
        b'{"deviceid": "a", "action": "deploy", "content": {}}',
        JSON,
        InventoryUnsupported,
    ),
    (b'{"deviceid": "\\ud800", "content": {}}', JSON, InventoryUnreadable),
    (b'{"deviceid": NaN, "content": {}}', JSON, InventoryUnreadable),
    (
        '{"deviceid": "é", "content": {}}'.encode("latin-1"),
        JSON,
        InventoryUnreadable,
    ),
    (json.dumps(PC).encode("utf-16"), JSON, InventoryUnreadable),
    (json.dumps(PC).encode("utf-16-le"), JSON, InventoryUnreadable),
    (b"<REQUEST><DEVICEID>a</DEVICEID></REQUEST>", XML, InventoryUnreadable),
    (b"<REQUEST><DEVICEID>a", XML, InventoryUnreadable),
    (b"<html></html>", XML, InventoryUnsupported),
    (b"<REQUEST><A>&unknown;</A></REQUEST>", XML, InventoryUnreadable),
    (b"<REQUEST><A>\xff</A></REQUEST>", XML, InventoryUnreadable),
    (b"<?xml version='1.0' encoding='UTF-7'?><REQUEST/>", XML, InventoryUnreadable),
    (PROLOG.encode("utf-16"), XML, InventoryUnreadable),
]


@pytest.mark.parametrize(
    ("body", "kind", "refusal"),
    BROKEN,
    # Bytes make poor names.
    ids=range(len(BROKEN)),
)
def test_what_is_broken_is_refused_by_name(
    body: bytes, kind: str | None, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        reading.read(body, kind)


def test_a_file_of_the_server_is_not_read() -> None:
    body = (
        b"<?xml version='1.0'?><!DOCTYPE REQUEST [<!ENTITY f SYSTEM"
        b" 'file:///etc/passwd'>]><REQUEST><DEVICEID>&f;</DEVICEID></REQUEST>"
    )

    with pytest.raises(InventoryUnreadable, match="no document type"):
        reading.read(body, XML)


def test_entities_do_not_grow() -> None:
    lines = [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)]
    body = f'<!DOCTYPE R [<!ENTITY a0 "ha">{"".join(lines)}]><REQUEST>&a9;</REQUEST>'

    with pytest.raises(InventoryUnreadable, match="no document type"):
        reading.read(body.encode(), XML)


def test_a_bomb_is_not_unpacked() -> None:
    bomb = zlib.compress(b"{" + b" " * (512 << 20), 9)
    assert len(bomb) < decoding.MOST_SENT

    with little_memory(), pytest.raises(InventoryTooLarge, match="when unpacked"):
        reading.read(bomb, JSON)


def test_a_bomb_in_a_bomb_is_no_inventory() -> None:
    bomb = zlib.compress(gzip.compress(b"{" * (4 << 20)))

    with little_memory(), pytest.raises(InventoryUnsupported):
        reading.read(bomb, JSON)


def test_a_million_rows_are_not_made() -> None:
    rows = b",".join([b'{"name":"a"}'] * 600_000)
    body = zlib.compress(b'{"content":{"softwares":[' + rows + b"]}}")

    with little_memory(), pytest.raises(InventoryTooLarge, match="values"):
        reading.read(body, JSON)


def test_a_million_elements_are_not_made() -> None:
    rows = b"<A>1</A>" * 1_000_000
    body = zlib.compress(b"<REQUEST><CONTENT>" + rows + b"</CONTENT></REQUEST>")

    with little_memory(), pytest.raises(InventoryTooLarge, match="elements"):
        reading.read(body, XML)


@pytest.mark.parametrize(
    "text", ["[" * (7 << 20), "[]," * (2 << 20), '{"a":' * 900_000], ids=range(3)
)
def test_a_million_groups_are_not_made(text: str) -> None:
    body = packed('{"a":' + text)

    with little_memory(), pytest.raises(InventoryTooLarge):
        reading.read(body, JSON)


def test_the_most_that_is_taken_is_taken_in_little_memory() -> None:
    rows = [{"name": f"title {n}", "version": str(n)} for n in range(19_000)]
    body = packed(json.dumps({**PC, "content": {"softwares": rows}}))

    with little_memory():
        message = reading.read(body, JSON)

    assert isinstance(message, Told)
    assert len(message.reports[0].software) == 19_000


@pytest.mark.parametrize("depth", [17, 200, 5000])
def test_deep_nesting_is_refused(depth: int) -> None:
    nested = '{"deviceid":"a","content":' + "[" * depth + "]" * depth + "}"
    with pytest.raises(InventoryUnreadable):
        reading.read(nested.encode(), JSON)

    elements = "<A>" * depth + "</A>" * depth
    with pytest.raises(InventoryUnreadable, match="deep"):
        reading.read(f"<REQUEST>{elements}</REQUEST>".encode(), XML)


def test_more_than_is_sent_by_any_agent_is_refused() -> None:
    with pytest.raises(InventoryTooLarge):
        reading.read(b" " * (decoding.MOST_SENT + 1), JSON)


ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.floats()
    | st.integers()
    | st.text()
    | st.sampled_from(["0000", "\x00", "a" * 5000, "00:11:22:33:44:55", "12 GB"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                [
                    *("bios", "hardware", "networks", "softwares", "storages", "name"),
                    *("network_device", "network_ports", "ips", "connections", "mac"),
                    *("vlans", "pagecounters", "cartridges", "ssn", "uuid", "memory"),
                    *("batteries", "capacity", "cpus", "speed", "number", "version"),
                    *("accountinfo", "operatingsystem", "timezone", "offset", "device"),
                    *("info", "ports", "port", "virtualmachines", "connection", "ip"),
                ]
            ),
            inner,
            max_size=8,
        )
    ),
    max_leaves=40,
)


@given(
    st.fixed_dictionaries(
        {"content": ANYTHING},
        optional={
            "deviceid": ANYTHING,
            "tag": ANYTHING,
            "itemtype": ANYTHING,
            "partial": ANYTHING,
            "action": st.sampled_from(
                ["inventory", "netinventory", "netdiscovery", "contact", 5]
            ),
        },
    )
)
def test_whatever_the_values_are_they_are_read_or_refused(tree: object) -> None:
    try:
        body = orjson.dumps(tree)
    except TypeError:
        return
    try:
        reading.read(body, JSON)
    except REFUSALS:
        return


def _as_xml(name: str, tree: object) -> str:
    if isinstance(tree, dict):
        inner = "".join(_as_xml(key, value) for key, value in tree.items())
    elif isinstance(tree, list):
        return "".join(_as_xml(name, value) for value in tree)
    else:
        inner = f"<![CDATA[{tree}]]>"
    return f"<{name.upper()}>{inner}</{name.upper()}>"


@given(ANYTHING, st.sampled_from(["INVENTORY", "SNMPQUERY", "NETDISCOVERY"]))
def test_the_same_in_xml(tree: object, query: str) -> None:
    root = {"deviceid": "a", "query": query, "content": tree}
    try:
        reading.read(_as_xml("request", root).encode("utf-8", "replace"), XML)
    except REFUSALS:
        return


@given(st.binary(max_size=400), st.sampled_from([bytes, zlib.compress, gzip.compress]))
def test_random_bytes_are_refused(body: bytes, pack: Pack) -> None:
    with pytest.raises(REFUSALS):
        reading.read(pack(body), JSON)


@given(st.data())
def test_a_cut_or_spoiled_inventory_is_read_or_refused(data: st.DataObject) -> None:
    whole = data.draw(
        st.sampled_from(
            [packed(json.dumps(PC)), json.dumps(PC).encode(), PROLOG.encode()]
        )
    )
    place = data.draw(st.integers(0, len(whole) - 1))
    spoiled = data.draw(
        st.sampled_from(
            [
                whole[:place],
                whole[:place]
                + bytes([data.draw(st.integers(0, 255))])
                + whole[place + 1 :],
                whole[:place] + whole[place + 1 :],
            ]
        )
    )
    try:
        reading.read(spoiled, JSON)
    except REFUSALS:
        return


def test_nothing_follows_from_a_name_that_is_given_twice() -> None:
    body = b'{"deviceid":"a","deviceid":"b","content":{"softwares":"none"}}'

    message = reading.read(body, JSON)
    assert isinstance(message, Told)
    [report] = message.reports
    assert (report.identity.deviceid, report.software) == ("b", ())


def test_bounds_leave_room_for_the_largest_real_inventory() -> None:
    assert documents.MOST_THINGS > 3 * 27_000
