"""The authenticator app of the demonstration's sign-ins (RFC 6238)."""

import base64
import json

from pyotp.totp import TOTP

from local_stack import secret_files
from local_stack.place import Place

# What the realm's policy says, which is what every authenticator app takes.
_FORM = {"subType": "totp", "digits": 6, "period": 30, "algorithm": "HmacSHA1"}


def secret(place: Place, username: str) -> str:
    """Return the key of somebody's app in base32, as one types it into an app."""
    raw = secret_files.password(place, f"totp-{username}")
    return base64.b32encode(raw.encode("ascii")).decode("ascii").rstrip("=")


def credential(place: Place, username: str) -> dict[str, str]:
    """Return what Keycloak keeps of an app that is set up."""
    raw = secret_files.password(place, f"totp-{username}")
    return {
        "type": "otp",
        "userLabel": "Demonstration",
        "secretData": json.dumps({"value": raw}),
        "credentialData": json.dumps(_FORM),
    }


def code(key: str) -> str:
    """Return the code that an app of this key shows now."""
    return TOTP(key).now()
