"""By which certificates Keycloak's is judged: read once, and not at every visit.

To read them takes 30 ms of a processor, and Keycloak is visited every few seconds.
"""

import ssl
from functools import cache
from typing import Any

import httpx


@cache
def trusted() -> Any:
    """Return what httpx verifies with; python-keycloak's types know of a path alone."""
    context: ssl.SSLContext = httpx.create_ssl_context()
    return context
