"""The schools and people that the gateway's tests speak of, and a browser of theirs."""

import json
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlsplit

import httpx

SCHOOLS = {140001: "940", 140002: "940", 150001: "941"}

DOCUMENT: dict[str, Any] = {
    "regions": [{"region_code": "E12000004", "name": "East Midlands"}],
    "authorities": [
        {"la_code": "940", "name": "North", "region_code": "E12000004"},
        {"la_code": "941", "name": "West", "region_code": "E12000004"},
    ],
    "schools": [
        {
            "urn": urn,
            "laestab": f"{la}/{urn % 10_000}",
            "ukprn": None,
            "la_code": la,
            "name": f"School {urn}",
            "phase": "primary",
            "status": "open",
            "pupils": 210,
            "free_school_meals_percent": "12.5",
            "postcode": None,
        }
        for urn, la in SCHOOLS.items()
    ],
    "people": [
        {
            "subject": f"subject-{name}",
            "username": name,
            "display_name": name.title(),
            "email": f"{name}@example.org",
        }
        for name in (
            *("manager", "technician", "teacher", "other", "analyst"),
            *("auditor", "neighbour"),
        )
    ],
    "clients": [
        # The most there is: what the proxy is tried by asks often.
        {
            "client_id": "rbc-demo",
            "name": "The consortium",
            "requests_per_minute": 6000,
        }
    ],
    "assignments": [
        {"username": "manager", "role": "la-manager", "la_code": "940"},
        {"username": "technician", "role": "school-technician", "urn": 140001},
        {"username": "teacher", "role": "staff", "urn": 140001},
        {"username": "teacher", "role": "school-technician", "urn": 140002},
        {"username": "other", "role": "school-technician", "urn": 150001},
        {
            "username": "analyst",
            "role": "regional-analyst",
            "region_code": "E12000004",
        },
        {"client_id": "rbc-demo", "role": "rbc-system", "region_code": "E12000004"},
        {"username": "auditor", "role": "auditor", "la_code": "940"},
        {"username": "neighbour", "role": "la-manager", "la_code": "941"},
    ],
}
for _entry in DOCUMENT["assignments"]:
    _entry["from"] = "2020-01-01"


def document_text(**changes: Any) -> bytes:
    return json.dumps(DOCUMENT | changes).encode()


@dataclass
class Browser:
    """Keeps cookies as Chromium does on a loopback address, where Secure is kept."""

    url: str
    http: httpx.AsyncClient
    cookies: dict[str, str] = field(default_factory=dict)
    set_cookie: list[str] = field(default_factory=list)

    async def send(
        self, method: str, path: str, headers: dict[str, str] | None = None, **rest: Any
    ) -> httpx.Response:
        sent = dict(headers or {})
        if self.cookies:
            pairs = (f"{name}={value}" for name, value in self.cookies.items())
            sent.setdefault("cookie", "; ".join(pairs))
        answer = await self.http.request(
            method, self.url + path, headers=sent, follow_redirects=False, **rest
        )
        self._keep(answer)
        return answer

    async def get(
        self, path: str, headers: dict[str, str] | None = None
    ) -> httpx.Response:
        return await self.send("GET", path, headers)

    async def sign_in(self, next_path: str = "/accessibility") -> httpx.Response:
        """Follow the redirects through the issuer and back."""
        begun = await self.get(f"/login?next={next_path}")
        assert begun.status_code == 303, begun.text
        at_issuer = await self.http.get(begun.headers["location"])
        back = urlsplit(at_issuer.headers["location"])
        return await self.get(f"{back.path}?{back.query}")

    def _keep(self, answer: httpx.Response) -> None:
        for line in answer.headers.get_list("set-cookie"):
            self.set_cookie.append(line)
            for name, morsel in SimpleCookie(line).items():
                if morsel["max-age"] == "0":
                    self.cookies.pop(name, None)
                else:
                    self.cookies[name] = morsel.value
