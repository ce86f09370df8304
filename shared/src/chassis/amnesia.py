"""Notices that the broker has lost what it acknowledged, and has it published again.

A store can come back older than it was: restored, truncated, wiped. Each recorded
sequence is a claim that can be checked: the stream must hold that very event there.
"""

import structlog

from chassis.bus import Bus, Extent, Stream
from chassis.ledger import Ledger, Recorded

_LOG = structlog.stdlib.get_logger()


async def check(ledger: Ledger, bus: Bus, stream: Stream) -> tuple[int, int]:
    """Repair the ledger where the stream holds less than it says.

    Returns the highest sequence that is recorded now, and how many events are to be
    published again.
    """
    highest = await ledger.recorded()
    extent = await bus.ensure_stream(stream)
    if highest is None:
        return 0, 0
    if await _holds(bus, stream, extent, highest):
        return highest.stream_seq, 0
    last = await _last_held(ledger, bus, stream, extent, highest.stream_seq)
    lost = await ledger.forget_above(last)
    _LOG.warning("broker lost events", stream=stream.name, lost=lost, last_held=last)
    kept = await ledger.recorded()
    return (kept.stream_seq if kept else 0), lost


async def _last_held(
    ledger: Ledger, bus: Bus, stream: Stream, extent: Extent, lost: int
) -> int:
    """Find the highest recorded sequence that holds, knowing one that does not."""
    held = 0
    while lost - held > 1:
        middle = (held + lost) // 2
        candidate = await ledger.recorded(middle)
        if (
            candidate is None
            or candidate.stream_seq <= held
            or await _holds(bus, stream, extent, candidate)
        ):
            held = middle
        else:
            lost = candidate.stream_seq
    return held


async def _holds(bus: Bus, stream: Stream, extent: Extent, event: Recorded) -> bool:
    # What is older than the stream's first message was let go for its age.
    if event.stream_seq < extent.first:
        return True
    if event.stream_seq > extent.last:
        return False
    found = await bus.message_id_at(stream, event.stream_seq)
    return found == str(event.event_id)
