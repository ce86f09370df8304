"""The back channel to Keycloak's token endpoint."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import cast
from urllib.parse import urlencode

import httpx
import structlog
from authlib.oauth2 import rfc7636
from authlib.oauth2.rfc6749 import parameters

from gateway.issuer.service import IssuerDown, Place
from gateway.login.model import (
    ACTIONS,
    PASSKEY_SCOPE,
    LoginRefused,
    LoginState,
    Wish,
)
from gateway.sessions.service import Ended, Tokens, Unreachable

SCOPE = "openid"
SERVER_ERROR = 500
# Authlib is not typed; what is used of it is said here, once.
_grant_uri = cast(
    "Callable[..., str]",
    parameters.prepare_grant_uri,  # pyright: ignore[reportUnknownMemberType]
)
_challenge = cast(
    "Callable[[str], str]",
    rfc7636.create_s256_code_challenge,  # pyright: ignore[reportUnknownMemberType]
)
_LOG = structlog.get_logger("gateway.login")


class Refused(Exception):
    """Keycloak answered with an OAuth error; its code is the argument."""


class Exchange:
    """Makes the addresses and the calls of one registered client."""

    def __init__(self, place: Place, http: httpx.AsyncClient, public_url: str) -> None:
        self._place = place
        self._http = http
        self._public_url = public_url.rstrip("/")

    @property
    def redirect_uri(self) -> str:
        return f"{self._public_url}/login/callback"

    def authorization_url(self, state: LoginState, wish: Wish) -> str:
        """Make the address to which the browser goes (code flow, PKCE S256).

        With an action Keycloak has it done on the way.
        """
        chosen = wish.action in ACTIONS
        asked = {"kc_action": wish.action} if chosen else {}
        if wish.afresh:
            asked["prompt"] = "login"
        scope = f"{SCOPE} {PASSKEY_SCOPE}" if wish.rather_passkey else SCOPE
        return _grant_uri(
            self._place.endpoint("auth"),
            client_id=self._place.client_id,
            response_type="code",
            redirect_uri=self.redirect_uri,
            scope=scope,
            state=state.state,
            nonce=state.nonce,
            code_challenge=_challenge(state.verifier),
            code_challenge_method="S256",
            **asked,
        )

    def end_session_url(self, id_token: str) -> str:
        query = {
            "client_id": self._place.client_id,
            "post_logout_redirect_uri": f"{self._public_url}/",
        }
        if id_token:
            query["id_token_hint"] = id_token
        return f"{self._place.endpoint('logout')}?{urlencode(query)}"

    async def redeem(self, code: str, verifier: str) -> Tokens:
        """Exchange the code.

        Raises:
            LoginRefused: Keycloak does not take it.
            IssuerDown: Keycloak does not answer.
        """
        try:
            return await self._ask(
                {
                    "grant_type": "authorization_code",
                    "code": code,
                    "redirect_uri": self.redirect_uri,
                    "code_verifier": verifier,
                }
            )
        except Refused as no:
            _LOG.warning("login.refused", reason=str(no))
            raise LoginRefused from no
        except Unreachable as down:
            raise IssuerDown from down

    async def refresh(self, refresh_token: str) -> Tokens:
        """Exchange the refresh token.

        Raises:
            Ended: the sign-on is over.
            Unreachable: no answer says anything of it.
        """
        try:
            return await self._ask(
                {"grant_type": "refresh_token", "refresh_token": refresh_token}
            )
        except Refused as no:
            if str(no) == "invalid_grant":
                raise Ended from no
            # A fault of our own registration is no word on the person's sign-on.
            raise Unreachable from no

    async def end_sign_on(self, refresh_token: str) -> None:
        """End the sign-on of a refresh token; one that is over already stays so.

        Raises:
            IssuerDown: Keycloak does not say that it is over.
        """
        try:
            answer = await self._http.post(
                self._place.endpoint("logout"),
                data={"refresh_token": refresh_token},
                auth=(self._place.client_id, self._place.client_secret),
            )
        except httpx.HTTPError as error:
            raise IssuerDown from error
        if not answer.is_success and not _is_over(answer):
            _LOG.warning("login.not_ended", status=answer.status_code)
            raise IssuerDown

    async def _ask(self, form: Mapping[str, str]) -> Tokens:
        try:
            answer = await self._http.post(
                self._place.endpoint("token"),
                data=dict(form),
                auth=(self._place.client_id, self._place.client_secret),
            )
            found: object = answer.json()
        except (httpx.HTTPError, ValueError) as error:
            raise Unreachable from error
        if answer.status_code >= SERVER_ERROR or not isinstance(found, dict):
            raise Unreachable
        return _tokens(cast("dict[str, object]", found))


def _is_over(answer: httpx.Response) -> bool:
    """Whether the sign-on of a refresh token had ended before."""
    try:
        found: object = answer.json()
    except ValueError:
        return False
    told = cast("dict[str, object]", found) if isinstance(found, dict) else {}
    return told.get("error") == "invalid_grant"


def _tokens(found: Mapping[str, object]) -> Tokens:
    if "error" in found:
        raise Refused(str(found["error"])[:100])
    refresh, ident = found.get("refresh_token"), found.get("id_token")
    lifetime, access = found.get("expires_in"), found.get("access_token")
    if not (
        isinstance(refresh, str)
        and isinstance(ident, str)
        and isinstance(access, str)
        and isinstance(lifetime, int)
    ):
        raise Unreachable
    return Tokens(refresh, ident, access, timedelta(seconds=max(lifetime, 10)))
