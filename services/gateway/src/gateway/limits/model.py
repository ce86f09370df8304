"""A minute's quota, and the part of it that one process may give out; no I/O."""

from dataclasses import dataclass

from chassis import errors

WINDOW = 60
POLICY = "minute"
PARTS = 20
"""No process takes more than this part of a quota at once: little is left unused."""


class QuotaExceeded(errors.TooMany):
    """The client has asked as often in this minute as it may."""

    slug = "quota-exceeded"
    title = "This API client has asked as often as it may in this minute"

    def __init__(self, quota: int, seconds: int) -> None:
        said = f"Up to {quota} requests a minute; the next minute begins in {seconds} s"
        super().__init__(said, seconds, quota=quota, window_seconds=WINDOW)


@dataclass(frozen=True, slots=True)
class Taken:
    """What was given of a minute's quota: to this process now, and to all so far."""

    minute: int
    now_given: int
    given: int


@dataclass(slots=True)
class Share:
    """One process's part of one client's quota, within one minute."""

    minute: int
    left: int = 0
    given: int = 0
    used: int = 0

    def wants(self, quota: int) -> int:
        """Say how many to take: as many as it has used, for a busy client asks on."""
        return max(1, min(self.used, quota // PARTS))

    def add(self, taken: Taken) -> None:
        """Take what was given; the minute is a later one where a clock is behind."""
        self.minute = taken.minute
        self.left += taken.now_given
        self.given = taken.given

    def is_spent(self, quota: int) -> bool:
        return self.left == 0 and self.given >= quota

    def use(self) -> bool:
        if self.left == 0:
            return False
        self.left -= 1
        self.used += 1
        return True

    def remaining(self, quota: int) -> int:
        """What the client may still ask for, as far as this process knows."""
        return max(0, quota - self.given) + self.left


def minute_of(now: float) -> int:
    return int(now) // WINDOW


def seconds_left(now: float) -> int:
    return WINDOW - int(now) % WINDOW


def headers(quota: int, remaining: int, seconds: int) -> list[tuple[bytes, bytes]]:
    """The fields of draft-ietf-httpapi-ratelimit-headers-10."""
    return [
        (b"ratelimit-policy", f'"{POLICY}";q={quota};w={WINDOW}'.encode()),
        (b"ratelimit", f'"{POLICY}";r={remaining};t={seconds}'.encode()),
    ]
