"""Keeps the merged document: asked anew now and then, old parts kept while away."""

import time
from collections.abc import Callable, Mapping
from typing import cast

import httpx
import structlog

from gateway.description import model
from gateway.description.model import Document

FRESH_SECONDS = 30.0
RETRY_SECONDS = 1.0
_LOG = structlog.get_logger("gateway.description")


class Descriptions:
    """The services' own documents, and the gateway's beside them."""

    def __init__(
        self,
        http: httpx.AsyncClient,
        origins: Mapping[str, str],
        token_for: Callable[[str], str],
        own: Callable[[], Document],
        public_url: str,
    ) -> None:
        self._http = http
        self._origins = origins
        self._token_for = token_for
        self._own = own
        self._public_url = public_url
        self._known: dict[str, Document] = {}
        self._asked = float("-inf")
        self._merged: Document = {}

    async def merged(self) -> Document:
        """The one document; a service that is away is shown as it last was."""
        now = time.monotonic()
        whole = len(self._known) == len(self._origins)
        if now - self._asked > (FRESH_SECONDS if whole else RETRY_SECONDS):
            self._asked = now
            for service, origin in self._origins.items():
                await self._ask(service, origin)
            self._merged = model.merge(
                self._public_url, {"directory": self._own(), **self._known}
            )
        return self._merged

    async def _ask(self, service: str, origin: str) -> None:
        headers = {"authorization": f"Bearer {self._token_for(service)}"}
        try:
            answer = await self._http.get(f"{origin}/openapi.json", headers=headers)
            answer.raise_for_status()
            self._known[service] = cast("Document", answer.json())
        except (httpx.HTTPError, ValueError) as error:
            _LOG.warning("description.missing", of=service, reason=type(error).__name__)
