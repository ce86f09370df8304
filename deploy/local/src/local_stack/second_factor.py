"""Signing in takes a second step for those whose role reaches beyond one school.

Keycloak's own flow for browsers is copied and given one part more: whoever holds the
realm's role `second-factor` (other roles bear it within themselves) and has nothing set
up yet is led to set an authenticator app up. What is set up is asked for by Keycloak's
own part, whoever has it: the app's code, or a recovery code. Who forgot the password
makes a new one by e-mail, and then signs in as ever.
"""

from typing import Any

from contracts import roles
from local_stack.realm_admin import RealmAdmin

ROLE = "second-factor"
FLOW = "joinedup-browser-1"
"""Its number goes up with each change of what is made here: a flow is made once."""

RESET_FLOW = "joinedup-reset-1"

_SOURCE, _RESET_SOURCE = "browser", "reset credentials"
_FORMS = f"{FLOW} forms"
_ASKED = f"{FLOW} Browser - Conditional 2FA"
_WANTED = f"{FLOW} second step by role"
_RECOVERY = "auth-recovery-authn-code-form"
_STEPS: dict[str, dict[str, str]] = {
    "conditional-user-role": {"condUserRole": ROLE, "negate": "false"},
    "conditional-sub-flow-executed": {
        "flow_to_check": _ASKED,
        "check_result": "not-executed",
    },
    "auth-otp-form": {},
}
_SET_UP = "CONFIGURE_TOTP"


def ensure(admin: RealmAdmin, realm: str) -> None:
    """Have the realm ask for a second step; a second run changes nothing."""
    _ensure_roles(admin)
    _ensure_recovery_codes(admin)
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


def _ensure_recovery_codes(admin: RealmAdmin) -> None:
    """Whoever sets an app up is given recovery codes with it."""
    for action in admin.get_required_actions():
        if action["alias"] == _SET_UP:
            config = action.get("config", {}) | {"add-recovery-codes": "true"}
            admin.update_required_action(_SET_UP, action | {"config": config})


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
    part = {"alias": _WANTED, "type": "basic-flow", "description": "By role"}
    admin.create_authentication_flow_subflow(part, _FORMS)
    for provider in _STEPS:
        admin.create_authentication_flow_execution({"provider": provider}, _WANTED)
    for step in admin.get_authentication_flow_executions(_WANTED):
        _become(admin, step, "REQUIRED")
        if config := _STEPS[step["providerId"]]:
            named = {"alias": f"{FLOW} {step['providerId']}", "config": config}
            admin.create_execution_config(step["id"], named)
    for step in admin.get_authentication_flow_executions(FLOW):
        if step.get("providerId") == _RECOVERY:
            _become(admin, step, "ALTERNATIVE")
        if step["displayName"] == _WANTED:
            _become(admin, step, "CONDITIONAL")


def _become(
    admin: RealmAdmin, step: dict[str, Any], requirement: str, flow: str = FLOW
) -> None:
    admin.update_authentication_flow_executions(
        step | {"requirement": requirement}, flow
    )
