"""Signing in takes a second step for those whose role reaches beyond one school.

Keycloak's own flow for browsers is copied and given one part more: whoever holds the
realm's role `second-factor` (other roles bear it within themselves) and has nothing set
up yet is led to set an authenticator app up, or a passkey if they would rather. What is
set up is asked for by Keycloak's own part, whoever has it: the app's code, the passkey,
or a recovery code. Who forgot the password makes a new one by e-mail, and then signs in
as ever.
"""

from typing import Any

from contracts import roles
from local_stack.realm_admin import RealmAdmin

ROLE = "second-factor"
PASSKEY_SCOPE = "second-step-passkey"
"""Asked for by who would rather set a passkey up than an app; it grants nothing."""
FLOW = "joinedup-browser-2"
"""Its number goes up with each change of what is made here: a flow is made once."""

RESET_FLOW = "joinedup-reset-1"
CLOSED_CLIENTS = ("account-console", "admin-cli", "security-admin-console")
"""Keycloak's own, for which a password would do: people's accounts are on our pages."""

_SOURCE, _RESET_SOURCE = "browser", "reset credentials"
_FORMS = f"{FLOW} forms"
_ASKED = f"{FLOW} Browser - Conditional 2FA"
_WANTED = f"{FLOW} second step by role"
_WITH_PASSKEY = f"{FLOW} second step with a passkey"
_WITH_APP = f"{FLOW} second step with an app"
_PASSKEY = "webauthn-authenticator"
_PORTAL = "joinedup-portal"
_RECOVERY = "auth-recovery-authn-code-form"
_SCOPE = "conditional-client-scope"
_PARTS: dict[str, dict[str, dict[str, str]]] = {
    _WANTED: {
        "conditional-user-role": {"condUserRole": ROLE, "negate": "false"},
        "conditional-sub-flow-executed": {
            "flow_to_check": _ASKED,
            "check_result": "not-executed",
        },
    },
    _WITH_PASSKEY: {
        _SCOPE: {"client_scope": PASSKEY_SCOPE, "negate": "false"},
        _PASSKEY: {},
        _RECOVERY: {},
    },
    _WITH_APP: {
        _SCOPE: {"client_scope": PASSKEY_SCOPE, "negate": "true"},
        "auth-otp-form": {},
    },
}
"""What is made by us, part by part; the last two are within the first."""
_APP_ACTION = "CONFIGURE_TOTP"
_ACTIONS = {
    _APP_ACTION: True,
    "webauthn-register": True,
    "CONFIGURE_RECOVERY_AUTHN_CODES": True,
    # No passkey stands for the password.
    "webauthn-register-passwordless": False,
    # The portal's way to take something away is open only while this is.
    "delete_credential": True,
}
"""Which of Keycloak's actions are anybody's to do."""


def ensure(admin: RealmAdmin, realm: str) -> None:
    """Have the realm ask for a second step; a second run changes nothing."""
    _ensure_roles(admin)
    _ensure_actions(admin)
    _ensure_scope(admin)
    _close_clients(admin)
    present = admin.get_realm(realm)
    # Each turn of the realm comes last: a flow broken off on the way is nobody's.
    if present["browserFlow"] != FLOW:
        _make_flow(admin)
        admin.update_realm(realm, {"browserFlow": FLOW})
    if present["resetCredentialsFlow"] != RESET_FLOW:
        _make_reset_flow(admin)
        admin.update_realm(realm, {"resetCredentialsFlow": RESET_FLOW})


def _ensure_roles(admin: RealmAdmin) -> None:
    """A realm that is older than the role has it within no other."""
    admin.create_realm_role({"name": ROLE}, skip_exists=True)
    role = admin.get_realm_role(ROLE)
    for name in sorted(roles.SECOND_FACTOR):
        admin.add_composite_realm_roles_to_role(name, [role])


def _ensure_actions(admin: RealmAdmin) -> None:
    """Whoever sets an app up is given recovery codes; some actions are nobody's."""
    for action in admin.get_required_actions():
        alias = action["alias"]
        if alias in _ACTIONS:
            codes = {"add-recovery-codes": "true"} if alias == _APP_ACTION else {}
            config = action.get("config", {}) | codes
            changed = {"config": config, "enabled": _ACTIONS[alias]}
            admin.update_required_action(alias, action | changed)


def _ensure_scope(admin: RealmAdmin) -> None:
    """A realm that is older than the scope has it not, nor has the portal."""
    scope = {"name": PASSKEY_SCOPE, "protocol": "openid-connect"}
    hidden = {"include.in.token.scope": "false", "display.on.consent.screen": "false"}
    scope_id = admin.create_client_scope(
        scope | {"attributes": hidden}, skip_exists=True
    )
    portal = str(admin.get_client_id(_PORTAL))
    admin.add_client_optional_client_scope(portal, scope_id, {})


def _close_clients(admin: RealmAdmin) -> None:
    for name in CLOSED_CLIENTS:
        if client_id := admin.get_client_id(name):
            client = admin.get_client(client_id)
            if client["enabled"]:
                admin.update_client(client_id, client | {"enabled": False})


def _make_reset_flow(admin: RealmAdmin) -> None:
    """A mailbox gives a new password and no more: the second step stays as it was."""
    _copy(admin, _RESET_SOURCE, RESET_FLOW)
    for step in admin.get_authentication_flow_executions(RESET_FLOW):
        if step["displayName"].endswith("Conditional OTP"):
            _become(admin, step, "DISABLED", RESET_FLOW)
        if step.get("providerId") == "reset-credential-email":
            named = {"alias": RESET_FLOW, "config": {"force-login": "true"}}
            admin.create_execution_config(step["id"], named)


def _copy(admin: RealmAdmin, source: str, name: str) -> None:
    for flow in admin.get_authentication_flows():
        if flow["alias"] == name:
            admin.delete_authentication_flow(flow["id"])
    admin.copy_authentication_flow({"newName": name}, source)


def _make_flow(admin: RealmAdmin) -> None:
    _copy(admin, _SOURCE, FLOW)
    for part, steps in _PARTS.items():
        within = _FORMS if part == _WANTED else _WANTED
        _make_part(admin, part, steps, within)
    for step in admin.get_authentication_flow_executions(_ASKED):
        if step["providerId"] in {_PASSKEY, _RECOVERY}:
            _become(admin, step, "ALTERNATIVE")
    for step in admin.get_authentication_flow_executions(FLOW):
        if step["displayName"] in _PARTS:
            _become(admin, step, "CONDITIONAL")


def _make_part(
    admin: RealmAdmin, part: str, steps: dict[str, dict[str, str]], within: str
) -> None:
    made = {"alias": part, "type": "basic-flow", "description": "By role"}
    admin.create_authentication_flow_subflow(made, within)
    for provider in steps:
        admin.create_authentication_flow_execution({"provider": provider}, part)
    for step in admin.get_authentication_flow_executions(part):
        _become(admin, step, "REQUIRED")
        if config := steps[step["providerId"]]:
            named = {"alias": f"{part} {step['providerId']}", "config": config}
            admin.create_execution_config(step["id"], named)


def _become(
    admin: RealmAdmin, step: dict[str, Any], requirement: str, flow: str = FLOW
) -> None:
    admin.update_authentication_flow_executions(
        step | {"requirement": requirement}, flow
    )
