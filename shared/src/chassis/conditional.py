"""Conditional changes (RFC 9110, section 13): no change without saying of what version.

A strong entity tag is the version in quotes: `"3"`.
"""

import re
from typing import Annotated

from fastapi import Depends, Header

from chassis import errors

_TAG = re.compile(r'"([0-9]{1,9})"')


def etag(version: int) -> str:
    return f'"{version}"'


def expected_version(
    if_match: Annotated[
        str | None,
        Header(description='The `ETag` of the version you are changing, like `"3"`.'),
    ] = None,
) -> int:
    """Read the version that a change expects.

    Raises:
        errors.PreconditionRequired: no `If-Match` was sent.
        errors.Stale: it is no tag that can match (a list, weak, or not ours).
    """
    if if_match is None:
        raise errors.PreconditionRequired
    tag = _TAG.fullmatch(if_match.strip())
    if tag is None:
        raise errors.Stale("If-Match names no version of this")
    return int(tag[1])


ExpectedVersion = Annotated[int, Depends(expected_version)]


def check(expected: int, actual: int) -> None:
    """Refuse a change of a version that is no longer the present one."""
    if expected != actual:
        raise errors.Stale(current_version=actual)
