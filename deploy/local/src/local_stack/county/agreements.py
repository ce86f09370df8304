"""What the county's LAs, a school's team and suppliers promise, in school time."""

from typing import Any

_STARTS_ON = "2025-04-01"
_YEAR_ENDS_ON = "2026-03-31"
_HOUR = 60
_DAY = 8 * _HOUR
"""A working day of a school's office."""

Json = dict[str, Any]


def document(la_code: str, authority: str, school_urn: int | None) -> Json:
    """Say what an LA and, where one is named, a school of it agreed."""
    agreements = [_support(authority), _broadband(la_code), _printers(la_code)]
    if school_urn is not None:
        agreements.append(_own_team(school_urn))
    return {"la_code": la_code, "agreements": agreements}


def _support(authority: str) -> Json:
    return {
        "kind": "school",
        "name": f"{authority}: ICT support for schools",
        "starts_on": _STARTS_ON,
        "ends_on": _YEAR_ENDS_ON,
        "renews": "yearly",
        "notice_days": 90,
        "service_credit": (
            "If fewer than nine in ten tickets of a term are fixed in time, the school"
            " gets back a tenth of that term's price."
        ),
        "targets": [
            _target(1, _HOUR, 2 * _HOUR, 4 * _HOUR),
            _target(2, 2 * _HOUR, 4 * _HOUR, _DAY),
            _target(3, _DAY, 2 * _DAY, 3 * _DAY),
            _target(4, _DAY, None, 5 * _DAY),
        ],
    }


def _broadband(la_code: str) -> Json:
    return {
        "kind": "supplier",
        "name": "Broadband and filtering",
        "supplier": {
            "name": "Mid Shires Broadband",
            "account_reference": f"MSB-{la_code}",
            "email": "servicedesk@midshires.example",
            "phone": "01632 960150",
        },
        "is_managed_service": True,
        "starts_on": _STARTS_ON,
        "ends_on": "2028-03-31",
        "notice_days": 180,
        "service_credit": "A day's price for each hour that a line is down too long.",
        "targets": [
            _target(1, _HOUR // 2, _HOUR, 3 * _HOUR),
            _target(2, _HOUR, 2 * _HOUR, 6 * _HOUR),
            _target(3, 4 * _HOUR, None, 2 * _DAY),
        ],
    }


def _printers(la_code: str) -> Json:
    return {
        "kind": "supplier",
        "name": "Printers and copiers",
        "supplier": {
            "name": "Harland Print and Copy",
            "account_reference": f"HPC-{la_code}-017",
            "email": "desk@harlandprint.example",
            "phone": "01632 960417",
        },
        "starts_on": "2024-02-01",
        "ends_on": "2027-01-31",
        "notice_days": 60,
        "targets": [
            _target(2, 2 * _HOUR, None, 7 * _HOUR),
            _target(3, _DAY, None, 2 * _DAY),
            _target(4, _DAY, None, 4 * _DAY),
        ],
    }


def _own_team(school_urn: int) -> Json:
    return {
        "kind": "internal",
        "school_urn": school_urn,
        "name": "Our technicians",
        "starts_on": "2025-09-01",
        "targets": [
            _target(1, _HOUR // 2, _HOUR, 2 * _HOUR),
            _target(2, _HOUR, 2 * _HOUR, 4 * _HOUR),
            _target(3, 4 * _HOUR, _DAY, 2 * _DAY),
            _target(4, _DAY, None, 4 * _DAY),
        ],
    }


def _target(priority: int, response: int, update: int | None, fix: int) -> Json:
    return {
        "priority": priority,
        "response_minutes": response,
        "update_minutes": update,
        "fix_minutes": fix,
    }
