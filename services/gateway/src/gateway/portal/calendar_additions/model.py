"""Which schools are chosen, and what spoke against an addition at them; no I/O."""

import re
from collections.abc import Collection, Mapping, Sequence

from chassis import errors
from gateway.directory.model import School
from gateway.portal.calendar_additions.schemas import ManyForm

MOST = 500
"""Schools of one addition, as the service takes it."""
SHOWN = 12
CHOICES: Mapping[str, str] = {
    "all": "All schools",
    "phase": "Schools by phase",
    "ticked": "The schools that you tick",
}
RUNNING: Collection[str] = {"open", "open-proposed-to-close"}
_FIELDS: Mapping[str, str] = {"day": "first"}
_PLACE = re.compile(r"/school_urns/([0-9]+)")
_THEN = re.compile(r" \(/[a-z]+/[0-9]+(?:/[a-z]+)? of it then\)")
_OTHERS = re.compile(r" at /(?:periods|parts)/[0-9]+|/(?:periods|parts)/[0-9]+ is ")


def running(schools: Sequence[School]) -> list[School]:
    return [each for each in schools if each.status in RUNNING]


def picked(form: ManyForm, schools: Sequence[School]) -> list[School]:
    """Find the schools that a form names, in their order."""
    match form.choice:
        case "all":
            return list(schools)
        case "phase":
            return [each for each in schools if each.phase in form.phase]
        case "ticked":
            return [each for each in schools if str(each.urn) in form.school]
        case _:
            return []


def chosen(form: ManyForm, schools: Sequence[School]) -> list[School]:
    """Find the schools that a form chooses.

    Raises:
        errors.Invalid: it chooses none, or more than may be written at once.
    """
    if form.choice not in CHOICES:
        raise _wrong("choice", "Choose for which schools")
    found = picked(form, schools)
    if not found:
        field = "phase" if form.choice == "phase" else "school"
        raise _wrong(field, "Choose at least one school")
    if len(found) > MOST:
        raise _wrong("choice", f"Choose {MOST} schools at most: go phase by phase")
    return found


def at_schools(refusal: errors.Invalid, schools: Sequence[School]) -> errors.Invalid:
    """Say at which schools an addition cannot be, or what is wrong with it at all."""
    said: dict[str, list[str]] = {}
    others: list[errors.Fault] = []
    for fault in refusal.faults:
        found = _PLACE.fullmatch(fault.pointer)
        if found is None or int(found[1]) >= len(schools):
            field = fault.pointer.rpartition("/")[2]
            others.append(errors.Fault(f"/{_FIELDS.get(field, field)}", fault.detail))
            continue
        detail = _OTHERS.sub(" ", _THEN.sub("", fault.detail)).strip()
        said.setdefault(detail, []).append(schools[int(found[1])].name)
    told = [
        errors.Fault("/first", f"{detail}: {_names(names, len(schools))}")
        for detail, names in said.items()
    ]
    return errors.Invalid(refusal.detail, [*others, *_together(told)])


def _together(faults: Sequence[errors.Fault]) -> list[errors.Fault]:
    """Say in one what speaks against it at some of the schools."""
    if not faults:
        return []
    return [errors.Fault("/first", ". ".join(fault.detail for fault in faults))]


def _names(names: Sequence[str], of: int) -> str:
    if len(names) == of and of > 1:
        return "at all of the schools"
    shown = ", ".join(names[:SHOWN])
    more = len(names) - SHOWN
    return f"at {shown} and {more} more" if more > 0 else f"at {shown}"


def _wrong(field: str, detail: str) -> errors.Invalid:
    return errors.Invalid(faults=[errors.Fault(f"/{field}", detail)])
