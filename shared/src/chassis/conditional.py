"""Conditional changes (RFC 9110, section 13): no change without saying of what version.

A strong entity tag is the version in quotes: `"3"`.
"""

import re
from typing import Annotated

from fastapi import Depends, Header

from chassis import errors

_TAG = re.compile(r'"([0-9]{1,9})"')
_ONE = r'(W/)?"[!#-~]*"'
_IF_MATCH = rf"^(\*|{_ONE}( *, *{_ONE})*)$"
_NO_VERSION = -1


def etag(version: int) -> str:
    return f'"{version}"'


async def expected_version(
    if_match: Annotated[
        str,
        Header(
            pattern=_IF_MATCH,
            max_length=200,
            description='The `ETag` of the version you are changing, like `"3"`.',
        ),
    ],
) -> int:
    """Read the version that a change expects.

    A tag that can match nothing (a list, weak, or not ours) is no version of anything:
    the change is refused as stale once the thing is found, and as 428 without any tag.
    """
    tag = _TAG.fullmatch(if_match)
    return _NO_VERSION if tag is None else int(tag[1])


ExpectedVersion = Annotated[int, Depends(expected_version)]


def check(expected: int, actual: int) -> None:
    """Refuse a change of a version that is no longer the present one."""
    if expected != actual:
        raise errors.Stale(current_version=actual)
