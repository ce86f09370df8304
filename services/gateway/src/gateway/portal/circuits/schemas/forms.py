"""What the browser sends of circuits: all text, read as the English write it."""

from datetime import date, datetime, time

from chassis import errors
from gateway.days import LONDON
from gateway.portal.assets import model as reading
from gateway.portal.circuits import model
from gateway.portal.circuits.schemas.answers import Circuit
from gateway.portal.consumables.schemas.forms import Reader
from gateway.portal.visit.schemas import FormBody

_CONTENDED = {"yes": True, "no": False}


class CircuitForm(FormBody):
    """What is said of a circuit."""

    reference: str = ""
    role: str = "main"
    backs: str = ""
    provider: str = ""
    technology: str = ""
    down: str = ""
    up: str = ""
    contended: str = ""
    starts_on: str = ""
    ends_on: str = ""
    notice_on: str = ""
    monthly: str = ""
    cfr_code: str = "E20A"
    note: str = ""
    live_on: str = ""
    version: int = 0
    once: str = ""

    def body(self) -> dict[str, object]:
        """Say it as inventory takes it; of a new one, `live_on` besides.

        Raises:
            errors.Invalid: a field is missing, or no speed, day or price.
        """
        read = Reader()
        self._choose(read)
        told: dict[str, object] = {
            "reference": self.reference,
            "role": self.role,
            "backs": self.backs if self.backs and self.role == "back-up" else None,
            "provider": self.provider,
            "technology": self.technology,
            "down_kbps": _speed(read, self.down, "down_kbps", "download"),
            "up_kbps": _speed(read, self.up, "up_kbps", "upload"),
            "is_contended": _CONTENDED.get(self.contended),
            "starts_on": read.day(self.starts_on, "starts_on"),
            "ends_on": read.day(self.ends_on, "ends_on"),
            "notice_on": read.day(self.notice_on, "notice_on"),
            "monthly_pence": read.pence(self.monthly, "monthly_pence"),
            "cfr_code": self.cfr_code if self.cfr_code in reading.CFR_CODES else "E20A",
            "note": self.note.replace("\r\n", "\n") or None,
        }
        read.done()
        return told

    def body_of_new(self) -> dict[str, object]:
        """Say a new circuit as inventory takes it.

        Raises:
            errors.Invalid: a field is missing, or no speed, day or price.
        """
        told = self.body()
        read = Reader()
        live_on = read.day(self.live_on, "live_on")
        read.done()
        return {**told, "live_on": live_on}

    def _choose(self, read: Reader) -> None:
        asked = {
            "reference": "Enter the provider\u2019s number of the line",
            "provider": "Enter who provides it",
        }
        for name, words in asked.items():
            if not getattr(self, name):
                read.faults.append(errors.Fault(f"/{name}", words))
        if self.role not in model.ROLES:
            read.faults.append(errors.Fault("/role", "Choose what it is for"))
        if self.technology not in model.TECHNOLOGIES:
            read.faults.append(errors.Fault("/technology", "Choose how it comes"))
        if self.role == "back-up" and not self.backs:
            words = "Choose the main line that it backs"
            read.faults.append(errors.Fault("/backs", words))


def form_of(circuit: Circuit) -> CircuitForm:
    """Fill the form with what is said of one now."""
    shared = {True: "yes", False: "no", None: ""}
    price = circuit.monthly
    return CircuitForm(
        reference=circuit.reference,
        role=circuit.role,
        backs=str(circuit.backs or ""),
        provider=circuit.provider,
        technology=circuit.technology,
        down=model.typed(circuit.down_kbps),
        up=model.typed(circuit.up_kbps),
        contended=shared[circuit.is_contended],
        starts_on=reading.as_typed(circuit.starts_on),
        ends_on=reading.as_typed(circuit.ends_on),
        notice_on=reading.as_typed(circuit.notice_on),
        monthly="" if price is None else f"{price:.2f}",
        cfr_code=circuit.cfr_code,
        note=circuit.note or "",
        version=circuit.version,
    )


class MoveForm(FormBody):
    """To which state a circuit passed, and when."""

    state: str = ""
    on: str = ""
    version: int = 0

    def body(self) -> dict[str, object]:
        read = Reader()
        day = read.day(self.on, "on", "Enter the day")
        read.done()
        return {"state": self.state, "on": day}


class MeasurementForm(FormBody):
    """What somebody measured by hand."""

    day: str = ""
    clock: str = ""
    down: str = ""
    up: str = ""
    latency: str = ""
    once: str = ""

    def body(self) -> dict[str, object]:
        """Say it as inventory takes it; the time is England's."""
        read = Reader()
        day = read.value(
            lambda: reading.read_day(self.day, "measured_at"),
            self.day,
            "measured_at",
            "Enter the day",
        )
        clock = read.value(
            lambda: _clock(self.clock), self.clock, "clock", "Enter the time"
        )
        down = _speed(read, self.down, "down_kbps", "download")
        up = _speed(read, self.up, "up_kbps", "upload")
        latency = None
        if self.latency:
            asked = "Enter milliseconds, such as 12, or leave it empty"
            latency = read.number(self.latency, "latency_ms", asked)
        read.done()
        return {
            "measured_at": _moment(day, clock),
            "down_kbps": down,
            "up_kbps": up,
            "latency_ms": latency,
            "method": "speed-test",
        }


class FailoverForm(FormBody):
    """Whether a back-up line took over."""

    tested_on: str = ""
    outcome: str = ""
    seconds: str = ""
    test_note: str = ""
    once: str = ""

    def body(self) -> dict[str, object]:
        read = Reader()
        day = read.day(self.tested_on, "tested_on", "Enter the day of the test")
        if self.outcome not in model.OUTCOMES:
            read.faults.append(errors.Fault("/outcome", "Choose what came of it"))
        seconds = None
        if self.seconds:
            asked = "Enter seconds, such as 30, or leave it empty"
            seconds = read.number(self.seconds, "switch_seconds", asked)
        read.done()
        return {
            "tested_on": day,
            "outcome": self.outcome,
            "switch_seconds": seconds,
            "note": self.test_note.replace("\r\n", "\n") or None,
        }


def _speed(read: Reader, text: str, name: str, which: str) -> int | None:
    asked = f"Enter the {which} speed in Mbit/s, such as 100"
    return read.value(lambda: model.read_speed(text, name), text, name, asked)


def _clock(text: str) -> time:
    """Read a time of day, like 9:30.

    Raises:
        errors.Invalid: the text is none.
    """
    found = model.CLOCK.fullmatch(text.strip())
    if found is None:
        detail = "Enter a time of day, like 9:30 or 14:05"
        raise errors.Invalid(faults=[errors.Fault("/clock", detail)])
    return time(int(found[1]), int(found[2]))


def _moment(day: date | None, clock: time | None) -> str | None:
    """Say a day and a time in England as a moment."""
    if day is None or clock is None:
        return None
    return datetime.combine(day, clock, LONDON).isoformat()
