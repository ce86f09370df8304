"""Calls from pages to services, in the name of the visitor."""

from collections.abc import Callable, Mapping

import httpx
from opentelemetry import propagate

from chassis import origin
from gateway.proxy.service import ServiceDown, ServiceSlow

Params = Mapping[str, str | int]


class Upstream:
    """The services as one visitor may use them; answers of any status are returned."""

    def __init__(
        self,
        http: httpx.AsyncClient,
        origins: Mapping[str, str],
        token_for: Callable[[str], str],
    ) -> None:
        self._http = http
        self._origins = origins
        self._token_for = token_for

    async def get(
        self,
        service: str,
        path: str,
        params: Params | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> httpx.Response:
        return await self.send("GET", service, path, params=params, headers=headers)

    async def send(
        self,
        method: str,
        service: str,
        path: str,
        *,
        json: object = None,
        params: Params | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> httpx.Response:
        """Ask a service under its public path, like `/api/inventory/v1/assets`.

        Bytes are sent as the file that they are.

        Raises:
            errors.Unavailable: the service does not answer.
            errors.TimedOut: it took too long.
        """
        sent = {
            **(headers or {}),
            "authorization": f"Bearer {self._token_for(service)}",
        }
        is_file = isinstance(json, bytes)
        if (source := origin.source()) is not None:
            sent[origin.HEADER] = source
        propagate.inject(sent)
        try:
            return await self._http.request(
                method,
                self._origins[service] + path,
                json=None if is_file else json,
                content=json if is_file else None,
                params=params,
                headers=sent,
            )
        except httpx.ReadTimeout as slow:
            raise ServiceSlow from slow
        except httpx.TransportError as down:
            raise ServiceDown from down
