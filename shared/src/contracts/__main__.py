"""`python -m contracts write|check [FILE]` keeps the AsyncAPI document true.

`write` refuses a change that would break a reader; `check` fails when the file is not
what the facts say.
"""

import argparse
import json
import sys
from pathlib import Path

from contracts import asyncapi

KEPT = Path("docs/api/asyncapi.json")


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m contracts", description=__doc__)
    parser.add_argument("verb", choices=("write", "check"))
    parser.add_argument("file", nargs="?", type=Path, default=KEPT)
    asked = parser.parse_args(arguments)
    return (write if asked.verb == "write" else check)(asked.file)


def write(file: Path) -> int:
    """Keep the document, unless readers of the kept one would break."""
    described = asyncapi.document()
    if file.exists():
        faults = asyncapi.breaks(json.loads(file.read_text("utf-8")), described)
        if faults:
            return _refuse([*faults, "Publish version 2 beside version 1 instead."])
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(asyncapi.rendered(described), "utf-8")
    return 0


def check(file: Path) -> int:
    """Say whether the kept document is what the facts say."""
    described = asyncapi.rendered(asyncapi.document())
    if file.exists() and file.read_text("utf-8") == described:
        return 0
    return _refuse([f"{file} is not what the facts say: run `make contracts`."])


def _refuse(faults: list[str]) -> int:
    sys.stderr.writelines(f"{fault}\n" for fault in faults)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
