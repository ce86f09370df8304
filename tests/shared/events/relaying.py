"""A relay as a process of its own, to be killed and frozen: URL, broker's URL."""

import asyncio
import signal
import sys

from chassis import bus, relay


async def main(url: str, nats_url: str, service: str) -> None:
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    connection = bus.Bus(nats_url, "relaying")
    await connection.open()
    stream = bus.Stream(service=service, max_bytes=64 * 1024**2)
    await relay.run(url, connection, stream, stop, relay.State())
    await connection.close()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
