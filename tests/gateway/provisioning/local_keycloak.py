"""Keycloak's admin interface, as far as one is brought there, and in a bad mood."""

import json
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from chassis.http import Receive, Scope, Send
from gateway.provisioning.model import OURS

ADMIN = "/admin/realms/joinedup"
REFUSED = {"errorMessage": "error-person-name-invalid-character"}
UNREADABLE: list[str] = []
"""A refusal in a form that the client's library stumbles over itself."""


@dataclass
class LocalKeycloak:
    """Accounts by their address; `bad` says how it answers who makes an account."""

    port: int
    accounts: dict[str, str] = field(default_factory=dict)
    invited: list[str] = field(default_factory=list)
    bad: dict[str, object] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        body, more = b"", True
        while more:
            message = await receive()
            body += message.get("body", b"")
            more = message.get("more_body", False)
        told = json.loads(body) if body.startswith((b"{", b"[")) else None
        path = scope["path"].removeprefix(ADMIN)
        status, value, where = self._answer(scope["method"], path, told)
        headers = [(b"content-type", b"application/json")]
        if where:
            headers.append((b"location", f"{self.url}{ADMIN}{where}".encode()))
        start = {"type": "http.response.start", "status": status, "headers": headers}
        await send(start)
        sent = b"" if value is None else json.dumps(value).encode()
        await send({"type": "http.response.body", "body": sent})

    def _answer(self, method: str, path: str, told: Any) -> tuple[int, object, str]:
        found: tuple[int, object, str] = (204, None, "")
        match method, path.strip("/").split("/"):
            case "POST", [*_, "token"]:
                found = 200, {"access_token": "told", "expires_in": 300}, ""
            case "GET", ["roles"]:
                found = 200, [{"id": name, "name": name} for name in sorted(OURS)], ""
            case "POST", ["users"]:
                found = self._make(told["email"])
            case "PUT", ["users", subject, "execute-actions-email"]:
                self.invited.append(subject)
            case "POST", ["organizations"]:
                found = 201, None, f"/organizations/{uuid4()}"
            case "POST", ["organizations", _, "members"]:
                found = 201, None, ""
            case "GET", _:
                # Nobody is found yet, nor holds anything, nor is anywhere.
                found = 200, [], ""
            case _:
                pass
        return found

    def _make(self, email: str) -> tuple[int, object, str]:
        if email in self.bad:
            return 400, self.bad[email], ""
        subject = self.accounts.setdefault(email, str(uuid4()))
        return 201, None, f"/users/{subject}"
