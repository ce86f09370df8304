"""What Keycloak ends is ended here: its back-channel logout reaches the session."""

from contextlib import closing
from typing import Any, cast

from keycloak import KeycloakAdmin

from local_stack import place, realm_admin
from tests.stack import Stack, eventually

ME = "/api/directory/v1/me"


def log_out_everywhere(stack: Stack, who: str) -> None:
    """Log a person out at Keycloak itself, as an operator would."""
    admin = cast("KeycloakAdmin", realm_admin.sign_in(stack.place))
    admin.change_current_realm(place.REALM)
    username = stack.signins[who]["username"]
    user: dict[str, Any] = admin.get_users({"username": username, "exact": True})[0]
    admin.user_logout(user["id"])


def test_a_session_ended_at_keycloak_is_dead_here(stack: Stack) -> None:
    with (
        closing(stack.signed_in("school-leader")) as ended,
        closing(stack.signed_in("auditor")) as other,
    ):
        assert (ended.get(ME).status_code, other.get(ME).status_code) == (200, 200)
        principal = ended.get(ME).json()["principal"]

        log_out_everywhere(stack, "school-leader")

        eventually(lambda: ended.get(ME).status_code == 401)
        assert other.get(ME).status_code == 200
        # And the auditor reads that it was ended, and of whom.
        la_code = stack.signins["school-leader"]["la_code"]
        asked = {"what": "sign-out", "target": principal}
        shown = other.get(f"/authorities/{la_code}/audit", params=asked).text
        assert "Signed out by the sign-on" in shown
