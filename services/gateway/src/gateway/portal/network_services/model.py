"""Services over the network in words; no I/O."""

from collections.abc import Mapping
from datetime import date

KINDS: Mapping[str, str] = {
    "filtering": "Web filtering",
    "monitoring": "Monitoring of what is done online",
    "firewall": "Firewall",
    "ddos-protection": "Protection against flooding (DDoS)",
    "back-up": "Back-up off site",
    "remote-access": "Remote access",
    "sign-on": "Single sign-on",
    "e-mail": "E-mail",
    "telephony": "Telephony",
    "video-conferencing": "Video conferencing",
    "learning-content": "Learning content",
    "other": "Other",
}
STATES: Mapping[str, str] = {"planned": "Planned", "live": "In use", "ceased": "Ceased"}
STATE_TONES: Mapping[str, str] = {"planned": "note", "live": "good", "ceased": "quiet"}
ENDS: Mapping[str, str] = {
    "quarter": "Within 90 days",
    "year": "Within a year",
    "past": "Has ended",
}


def state_of(live_on: date | None, ceased_on: date | None, today: date) -> str:
    """Say whether a service is used on a day, as inventory does."""
    if ceased_on is not None and ceased_on <= today:
        return "ceased"
    return "planned" if live_on is None or live_on > today else "live"
