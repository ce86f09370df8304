"""The words of wipes; no I/O."""

from collections.abc import Mapping

METHODS: Mapping[str, str] = {
    "clear": "Overwritten (clear)",
    "purge": "Made unreadable even to a laboratory (purge)",
    "destroy": "The storage was destroyed (destroy)",
    "removed": "The storage was taken out and is kept",
}
"""In brackets as NIST SP 800-88 and erasing tools call them."""
MOST = 500
"""Assets of one request."""
