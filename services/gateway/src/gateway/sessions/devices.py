"""What somebody signed in with, in words they know it by."""

from ua_parser import Parser, basic, loaders

LONGEST = 80
_LONGEST_LINE = 1000
# All rules are made at the start of the process: it takes half a second, and whoever
# came first with a browser that nobody knows would keep everybody waiting so long.
_PARSER = Parser(basic.Resolver(loaders.load_builtins()))
_SAID = {
    "Chrome Mobile": "Chrome",
    "Chrome Mobile iOS": "Chrome",
    "Edge Mobile": "Edge",
    "Firefox Mobile": "Firefox",
    "Firefox iOS": "Firefox",
    "Mac OS X": "Mac",
    "Mobile Safari": "Safari",
    "iOS": "iPhone or iPad",
}
"""What people call it, where the tables are more exact."""


def device_of(user_agent: str) -> str:
    """Name a browser and what it runs on, as "Chrome on Windows"; "" if neither shows.

    The whole line is not kept: it tells people apart, and nobody could read it.
    """
    line = user_agent[:_LONGEST_LINE]
    found = _PARSER.parse_user_agent(line), _PARSER.parse_os(line)
    names = [_SAID.get(each.family, each.family) for each in found if each]
    return " on ".join(names)[:LONGEST]
