"""A small OpenID provider in Keycloak's place: real keys, real codes, and bad moods."""

import base64
import hashlib
import json
import secrets
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlencode

from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

from chassis.http import Receive, Scope, Send

REALM = "/realms/joinedup"
OIDC = f"{REALM}/protocol/openid-connect"
PORTAL = "joinedup-portal"
AUDIENCE = "joinedup-api"
SECRET = "portal-secret"
CLIENT = "rbc-demo"


def new_key() -> RSAKey:
    key = RSAKey.generate_key(2048, {"use": "sig", "alg": "RS256"})
    key.ensure_kid()
    return key


@dataclass
class LocalIssuer:
    """Keys, codes and refresh tokens, and switches for what goes wrong."""

    port: int
    key: RSAKey = field(default_factory=new_key)
    subject: str = ""
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    refresh_tokens: dict[str, tuple[str, str]] = field(default_factory=dict)
    lifetime: int = 300
    down: bool = False
    refresh_error: str | None = None
    refreshes: int = 0
    key_fetches: int = 0
    nonce_override: str | None = None
    auth_time: int | None = None
    """When people proved who they are; None: just now."""
    credentials: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    """What each subject has beside a password: type, id, label, and what is kept."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def issuer(self) -> str:
        return f"{self.url}{REALM}"

    def calm(self) -> None:
        """Be as one hopes an issuer to be."""
        self.lifetime, self.down, self.refresh_error = 300, False, None
        self.nonce_override = self.auth_time = None
        self.credentials.clear()

    def sign(self, claims: dict[str, Any], **header: Any) -> str:
        full = {"alg": "RS256", "typ": "JWT", "kid": self.key.kid, **header}
        return jwt.encode(full, claims, self.key, algorithms=["RS256"])

    def access_claims(self, **changes: Any) -> dict[str, Any]:
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": [AUDIENCE, "account"],
            "azp": CLIENT,
            "client_id": CLIENT,
            "typ": "Bearer",
            "sub": "service-account-of-rbc-demo",
            "jti": secrets.token_hex(8),
            "iat": now,
            "exp": now + 300,
        }
        claims |= changes
        return {name: value for name, value in claims.items() if value is not None}

    def logout_token(self, sid: str, **changes: Any) -> str:
        now = int(time.time())
        event = "http://schemas.openid.net/event/backchannel-logout"
        claims = {
            "iss": self.issuer,
            "aud": PORTAL,
            "typ": "Logout",
            "iat": now,
            "exp": now + 60,
            "jti": secrets.token_hex(8),
            "sid": sid,
            "events": {event: {}},
        }
        claims |= changes
        return self.sign({k: v for k, v in claims.items() if v is not None})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        body = await _read(receive)
        if self.down:
            await _send(send, 503, {"error": "down"})
            return
        path = scope["path"].removeprefix(OIDC)
        if path == "/certs":
            self.key_fetches += 1
            await _send(send, 200, KeySet([self.key]).as_dict(private=False))
        elif path == "/auth":
            await self._authorize(parse_qs(scope["query_string"].decode()), send)
        elif path == "/logout":
            ended = parse_qs(body.decode()).get("refresh_token", [""])[0]
            held = None if self.refresh_error else self.refresh_tokens.pop(ended, None)
            error = {"error": self.refresh_error or "invalid_grant"}
            await _send(send, 200 if held else 400, {} if held else error)
        elif path.startswith(f"{REALM}/account/credentials"):
            await self._account(scope, path.rpartition("/")[2], send)
        elif path == "/token":
            await self._token(parse_qs(body.decode()), dict(scope["headers"]), send)
        else:
            await _send(send, 404, {})

    async def _account(self, scope: Scope, last: str, send: Send) -> None:
        """Answer as Keycloak's account interface of 26.7 does."""
        sent = dict(scope["headers"]).get(b"authorization", b"").decode()
        subject = sent.removeprefix("Bearer account of ")
        held = self.credentials.get(subject, [])
        if not sent or subject == sent:
            await _send(send, 401, {"error": "HTTP 401 Unauthorized"})
        elif scope["method"] == "DELETE":
            left = [each for each in held if each["id"] != last]
            self.credentials[subject] = left
            await _send(send, 204 if left != held else 404, None)
        else:
            listed = [
                {
                    "type": each["type"],
                    "userCredentialMetadatas": [{"credential": each}],
                }
                for each in held
            ]
            await _send(send, 200, [{"type": "password"}, *listed])

    async def _authorize(self, query: dict[str, list[str]], send: Send) -> None:
        asked = {name: values[0] for name, values in query.items()}
        code = secrets.token_urlsafe(16)
        self.codes[code] = {**asked, "subject": self.subject}
        back = urlencode({"state": asked["state"], "code": code, "iss": self.issuer})
        location = f"{asked['redirect_uri']}?{back}".encode()
        await send(
            {
                "type": "http.response.start",
                "status": 303,
                "headers": [(b"location", location), (b"content-length", b"0")],
            }
        )
        await send({"type": "http.response.body"})

    async def _token(
        self, form: dict[str, list[str]], headers: dict[bytes, bytes], send: Send
    ) -> None:
        basic = base64.b64encode(f"{PORTAL}:{SECRET}".encode())
        if headers.get(b"authorization") != b"Basic " + basic:
            await _send(send, 401, {"error": "invalid_client"})
            return
        if form["grant_type"] == ["authorization_code"]:
            asked = self.codes.pop(form["code"][0], None)
            if asked is None or not _proves(form["code_verifier"][0], asked):
                await _send(send, 400, {"error": "invalid_grant"})
                return
            nonce = self.nonce_override or asked["nonce"]
            await _send(send, 200, self._tokens(asked["subject"], _hex(), nonce))
            return
        self.refreshes += 1
        held = self.refresh_tokens.pop(form["refresh_token"][0], None)
        if self.refresh_error or held is None:
            await _send(send, 400, {"error": self.refresh_error or "invalid_grant"})
            return
        await _send(send, 200, self._tokens(held[0], held[1], None))

    def _tokens(self, subject: str, sid: str, nonce: str | None) -> dict[str, Any]:
        refresh, now = secrets.token_urlsafe(16), int(time.time())
        self.refresh_tokens[refresh] = (subject, sid)
        claims: dict[str, Any] = {
            "iss": self.issuer,
            "aud": PORTAL,
            "azp": PORTAL,
            "typ": "ID",
            "sub": subject,
            "sid": sid,
            "name": "Somebody",
            "iat": now,
            "exp": now + 300,
            "auth_time": self.auth_time or now,
        }
        if nonce is not None:
            claims["nonce"] = nonce
        return {
            "access_token": f"account of {subject}",
            "refresh_token": refresh,
            "id_token": self.sign(claims),
            "expires_in": self.lifetime,
            "token_type": "Bearer",
        }


def _hex() -> str:
    return secrets.token_hex(16)


def _proves(verifier: str, asked: dict[str, str]) -> bool:
    digest = hashlib.sha256(verifier.encode()).digest()
    challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    return asked["code_challenge_method"] == "S256" and (
        asked["code_challenge"] == challenge
    )


async def _read(receive: Receive) -> bytes:
    body, more = b"", True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    return body


async def _send(send: Send, status: int, value: object) -> None:
    body = b"" if value is None else json.dumps(value).encode()
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(body)).encode()),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
