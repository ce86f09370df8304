"""Keycloak's account interface, used with somebody's own token: it reaches no other."""

from http import HTTPStatus
from typing import cast
from urllib.parse import quote

import httpx
import structlog

from gateway.issuer.service import IssuerDown
from gateway.second_steps.model import SecondStepUnknown

_LOG = structlog.get_logger("gateway.second_steps")


class Account:
    """What somebody keeps at Keycloak to sign in by."""

    def __init__(self, issuer: str, http: httpx.AsyncClient) -> None:
        self._where = f"{issuer}/account/credentials"
        self._http = http

    async def list_credentials(self, access_token: str) -> list[object]:
        """List credentials as Keycloak has them.

        Raises:
            IssuerDown: it does not answer, or takes the token no more.
        """
        answer = await self._ask("GET", self._where, access_token)
        try:
            found: object = answer.json()
        except ValueError as wrong:
            raise IssuerDown from wrong
        if not answer.is_success or not isinstance(found, list):
            _LOG.warning("second_steps.unread", status=answer.status_code)
            raise IssuerDown
        return cast("list[object]", found)

    async def remove(self, access_token: str, credential_id: str) -> None:
        """Take a credential away.

        Raises:
            SecondStepUnknown: there is none of that id any more.
            IssuerDown: Keycloak does not do it.
        """
        where = f"{self._where}/{quote(credential_id, safe='')}"
        answer = await self._ask("DELETE", where, access_token)
        if answer.status_code == HTTPStatus.NOT_FOUND:
            raise SecondStepUnknown
        if not answer.is_success:
            _LOG.warning("second_steps.not_removed", status=answer.status_code)
            raise IssuerDown

    async def _ask(self, method: str, where: str, token: str) -> httpx.Response:
        headers = {"authorization": f"Bearer {token}", "accept": "application/json"}
        try:
            return await self._http.request(method, where, headers=headers)
        except httpx.HTTPError as away:
            raise IssuerDown from away
