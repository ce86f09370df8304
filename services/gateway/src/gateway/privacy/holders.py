"""The services as holders of what is about people, asked in the gateway's own name."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, cast

import httpx

from chassis import errors
from chassis.auth import Actor
from chassis.privacy.model import Row, Subject
from chassis.privacy.routes import PREFIX
from gateway.privacy import model
from gateway.proxy.service import ServiceDown, ServiceSlow

Sign = Callable[[Actor, str], str]
"""Signs an internal token of an actor for a service."""
Counts = dict[str, int]
_OK = 200


class Holders:
    """Every service beside the gateway that may hold something about people."""

    def __init__(
        self, http: httpx.AsyncClient, origins: Mapping[str, str], sign: Sign
    ) -> None:
        self._http = http
        self._origins = origins
        self._sign = sign

    @property
    def names(self) -> Sequence[str]:
        return sorted(self._origins)

    async def tell(
        self, service: str, la_codes: Sequence[str], subject: Subject
    ) -> dict[str, list[Row]]:
        answer = await self._ask(service, "told", la_codes, _said(subject))
        return cast("dict[str, list[Row]]", answer)

    async def erase(
        self, service: str, erasure: model.Erasure, subject: Subject
    ) -> Counts:
        said = _said(subject)
        how = {"with_texts": erasure.with_texts, "asked_by": erasure.asked_by}
        answer = await self._ask(service, "erased", [erasure.la_code], said | how)
        return cast("Counts", answer)

    async def expire(
        self, service: str, la_code: str, before: Mapping[str, datetime]
    ) -> Counts:
        said = {"before": {kind: at.isoformat() for kind, at in before.items()}}
        return cast("Counts", await self._ask(service, "expired", [la_code], said))

    async def _ask(
        self,
        service: str,
        what: str,
        la_codes: Sequence[str],
        body: Mapping[str, object],
    ) -> Any:
        """Ask a service for some LAs.

        Raises:
            errors.Unavailable: it does not answer, or not as it should.
            errors.TimedOut: it took too long.
        """
        token = self._sign(model.in_own_name(la_codes), service)
        try:
            answer = await self._http.post(
                f"{self._origins[service]}{PREFIX}/{what}",
                json=dict(body),
                headers={"authorization": f"Bearer {token}"},
            )
        except httpx.ReadTimeout as slow:
            raise ServiceSlow from slow
        except httpx.TransportError as down:
            raise ServiceDown from down
        if answer.status_code != _OK:
            raise errors.Unavailable(f"The {service} answered {answer.status_code}")
        return answer.json()


def _said(subject: Subject) -> dict[str, object]:
    return {"person_id": str(subject.person_id), "words": list(subject.words)}
