"""What accounts bear that the directory decides: who has one may not change it."""

from typing import Any

from local_stack.realm_admin import RealmAdmin

_OURS: dict[str, list[str]] = {"view": ["admin"], "edit": ["admin"]}
_SHOWN: dict[str, list[str]] = {"view": ["admin", "user"], "edit": ["admin"]}
KEPT: tuple[dict[str, Any], ...] = (
    {"name": "username", "permissions": _SHOWN},
    {
        "name": "person_id",
        "displayName": "Person of the directory",
        "permissions": _OURS,
        "multivalued": False,
    },
)


def ensure(admin: RealmAdmin) -> None:
    """Have the realm's accounts bear it; a second run changes nothing."""
    profile = admin.get_realm_users_profile()
    attributes = {each["name"]: each for each in profile["attributes"]}
    for kept in KEPT:
        attributes[kept["name"]] = attributes.get(kept["name"], {}) | kept
    new = profile | {"attributes": [*attributes.values()]}
    admin.update_realm_users_profile(new)
