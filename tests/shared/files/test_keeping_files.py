"""What came is kept once, is its owner's, counts, and goes when nobody keeps it."""

import asyncio
import gc
import os
import time
from collections.abc import AsyncIterator
from hashlib import sha256

import pytest

from chassis import errors
from chassis.auth import Actor, Grant
from chassis.files import kinds, service
from chassis.files.folder import Folder
from chassis.files.model import FileEmpty, FileNotFound, FilesFull
from tests.shared.files.conftest import LIMIT, OWNER, Attic, pieces

COLLEAGUE = Actor("colleague", "person", (Grant("manager", ("940",)),))
AUDITOR = Actor("auditor", "person", (Grant("auditor", ("940",)),))
NEIGHBOUR = Actor("neighbour", "person", (Grant("manager", ("941",)),))


async def test_bytes_come_back_as_they_were_sent(attic: Attic) -> None:
    content = b"one," * 200_000

    received = await attic.depot.put(pieces(content[:7], content[7:]), LIMIT)
    read = b"".join([piece async for piece in attic.depot.pieces(received.sha256)])

    assert received.sha256 == sha256(content).hexdigest()
    assert (received.size, received.head) == (len(content), content[:4096])
    assert read == content
    assert await attic.depot.get(received.sha256) == content


async def test_what_is_too_large_or_empty_leaves_nothing_behind(attic: Attic) -> None:
    with pytest.raises(errors.TooLarge) as refused:
        await attic.depot.put(pieces(b"x" * 6, b"x" * 6), 10)
    with pytest.raises(FileEmpty):
        await attic.depot.put(pieces(), LIMIT)

    assert refused.value.members == {"limit_bytes": 10}
    assert attic.contents() == []


async def test_a_sender_who_goes_away_leaves_nothing_behind(attic: Attic) -> None:
    async def broken() -> AsyncIterator[bytes]:
        yield b"half"
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        await attic.depot.put(broken(), LIMIT)

    assert attic.contents() == []


async def test_a_reader_who_goes_away_leaves_nothing_open(attic: Attic) -> None:
    received = await attic.depot.put(pieces(b"a" * 100), LIMIT)

    async def first() -> bytes:
        return await anext(aiter(attic.depot.pieces(received.sha256)))

    for _ in range(20):
        reading = asyncio.create_task(first())
        # One turn of the loop: it has begun, and waits for another thread.
        await asyncio.sleep(0)
        reading.cancel()
        with pytest.raises(asyncio.CancelledError):
            await reading
    # What nobody closed is a warning when it goes, and a warning is an error here.
    await asyncio.to_thread(gc.collect)


async def test_the_same_bytes_are_kept_once_and_are_two_files(attic: Attic) -> None:
    mine = await attic.keep(b"the same")
    theirs = await attic.keep(b"the same", NEIGHBOUR, "941")

    assert mine != theirs
    assert len(attic.contents()) == 1
    await attic.delete(mine)
    assert (await attic.get(theirs, NEIGHBOUR)).size == 8


@pytest.mark.parametrize("actor", [OWNER, COLLEAGUE, AUDITOR])
async def test_a_file_is_its_owners_and_its_authoritys(
    attic: Attic, actor: Actor
) -> None:
    file_id = await attic.keep(b"a,b")

    found = await attic.get(file_id, actor)

    assert (found.name, found.media_type, found.size) == ("a.csv", "text/csv", 3)


async def test_to_others_there_is_no_such_file(attic: Attic) -> None:
    file_id = await attic.keep(b"a,b")
    private = await attic.keep(b"a,b", la_code=None)

    for actor, asked in ((NEIGHBOUR, file_id), (COLLEAGUE, private)):
        with pytest.raises(FileNotFound):
            await attic.get(asked, actor)
        with pytest.raises(FileNotFound):
            await attic.delete(asked, actor)


async def test_who_only_reads_deletes_nothing(attic: Attic) -> None:
    file_id = await attic.keep(b"a,b")

    with pytest.raises(errors.Forbidden):
        await attic.delete(file_id, AUDITOR)

    assert await attic.get(file_id)
    await attic.delete(file_id, COLLEAGUE)
    with pytest.raises(FileNotFound):
        await attic.get(file_id)


async def test_an_authority_keeps_so_much_and_no_more(attic: Attic) -> None:
    await attic.keep(b"x" * 600)
    await attic.keep(b"y" * 600, NEIGHBOUR, "941")
    await attic.keep(b"z" * 600, la_code=None)

    with pytest.raises(FilesFull) as refused:
        await attic.keep(b"w" * 401, COLLEAGUE)
    await attic.keep(b"w" * 400, COLLEAGUE)

    assert refused.value.members == {"kept_bytes": 600, "quota_bytes": 1000}


async def test_bytes_that_nobody_keeps_go_after_a_day(attic: Attic) -> None:
    kept = await attic.keep(b"kept")
    gone = await attic.keep(b"gone")
    await attic.depot.put(pieces(b"fresh, and about to be kept"), LIMIT)
    await attic.delete(gone)
    _age(attic, except_of=b"fresh, and about to be kept")
    draft = attic.root / "drafts" / "cut-off"
    draft.write_bytes(b"half")
    os.utime(draft, (0, 0))

    assert await attic.sweep() == 1
    assert len(attic.contents()) == 2
    assert (await attic.get(kept)).sha256 == sha256(b"kept").hexdigest()


async def test_bytes_sent_again_just_before_the_sweep_stay(attic: Attic) -> None:
    await attic.depot.put(pieces(b"again"), LIMIT)
    _age(attic)
    await attic.depot.put(pieces(b"again"), LIMIT)

    assert await attic.sweep() == 0
    assert len(attic.contents()) == 1


def _age(attic: Attic, except_of: bytes = b"") -> None:
    before = time.time() - service.SWEEP_SECONDS - 60
    for file in attic.contents():
        if file.name != sha256(except_of).hexdigest():
            os.utime(file, (before, before))


async def test_a_content_that_is_not_there_is_said_so(attic: Attic) -> None:
    with pytest.raises(FileNotFound):
        await Folder(attic.root).get("0" * 64)
    with pytest.raises(FileNotFound):
        await anext(aiter(attic.depot.pieces("0" * 64)))


@pytest.mark.parametrize(
    ("head", "name", "kind"),
    [
        (b"URN,LA", "a.csv", "text/csv"),
        (b"URN,LA", "a.exe", "text/plain"),
        (b"\xe9t\xe9,1", "a.CSV", "text/csv"),
        (b"%PDF-1.7", "a.csv", "application/pdf"),
        (b"\x1f\x8b\x08\x00", "a.csv", "application/gzip"),
        (b"\x89PNG\r\n\x1a\n", "a.html", "image/png"),
        (b"<html><script>", "a.html", "text/plain"),
        (b"<svg xmlns=", "a.svg", "text/plain"),
        (b"MZ\x00\x01", "a.txt", "application/octet-stream"),
    ],
)
def test_a_file_is_what_its_bytes_say(head: bytes, name: str, kind: str) -> None:
    found = kinds.media_type(head, name)

    assert found == kind or (kind.endswith("octet-stream") and found != "text/plain")


@pytest.mark.parametrize(
    ("given", "plain"),
    [
        ("register.csv", "register.csv"),
        ("C:\\files\\register.csv", "register.csv"),
        ("../../etc/passwd", "passwd"),
        ("a\x00b\u202egpj.csv", "abgpj.csv"),
        ("", "file"),
        ("x" * 300, "x" * 200),
    ],
)
def test_a_name_is_kept_as_it_can_be_shown(given: str, plain: str) -> None:
    assert service.plain_name(given) == plain
