"""The process that draws: one picture a line in, one drawing a line out.

A process of its own, because drawing takes 180 MB and up to a second: what goes wrong
there leaves the gateway as it was. It is told nothing but pictures.
"""

import sys

import orjson
from pydantic import TypeAdapter

from gateway.portal.charts import drawing
from gateway.portal.charts.model import Picture

_PICTURE = TypeAdapter(Picture)


def answer(line: bytes) -> bytes:
    """Draw what one line asks for."""
    return orjson.dumps(drawing.draw(_PICTURE.validate_json(line)))


def main() -> None:
    for line in sys.stdin.buffer:
        sys.stdout.buffer.write(answer(line) + b"\n")
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
