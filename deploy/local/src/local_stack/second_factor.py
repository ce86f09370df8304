"""Signing in takes a second step for those whose role reaches beyond one school.

Keycloak's own flow for browsers is copied and given one part more: whoever holds the
realm's role `second-factor` (other roles bear it within themselves) and has nothing set
up yet is led to set an authenticator app up. What is set up is asked for by Keycloak's
own part, whoever has it: the app's code, or a recovery code.
"""

from typing import Any

from contracts import roles
from local_stack.realm_admin import RealmAdmin

ROLE = "second-factor"
FLOW = "joinedup-browser-1"
"""Its number goes up with each change of what is made here: a flow is made once."""

_SOURCE = "browser"
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
    if admin.get_realm(realm)["browserFlow"] != FLOW:
        _make_flow(admin)
        # Last: a flow that was broken off on the way is in use by nobody.
        admin.update_realm(realm, {"browserFlow": FLOW})


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


def _make_flow(admin: RealmAdmin) -> None:
    for flow in admin.get_authentication_flows():
        if flow["alias"] == FLOW:
            admin.delete_authentication_flow(flow["id"])
    admin.copy_authentication_flow({"newName": FLOW}, _SOURCE)
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


def _become(admin: RealmAdmin, step: dict[str, Any], requirement: str) -> None:
    admin.update_authentication_flow_executions(
        step | {"requirement": requirement}, FLOW
    )
