"""Keyset paging: a page starts after a row, never after a count of rows.

The cursor is opaque to clients. It holds the sort it belongs to and the last row's key,
and neither scope nor filter: those come anew with each request.
"""

import base64
import binascii
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated, Generic, TypeVar, cast
from urllib.parse import urlencode
from uuid import UUID

import orjson
from fastapi import Depends, Query, Request

from chassis import errors

T = TypeVar("T")
LONGEST_CURSOR = 512
Key = list[str | int | None]


class BadCursor(errors.Invalid):
    """The `after` value is none that this listing gave out."""

    slug = "bad-cursor"
    title = "The cursor is not one that this listing gave out"

    def __init__(self) -> None:
        super().__init__(faults=[errors.Fault("/query/after", self.title)])


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some items of a listing, and the cursor of the next ones, if there are any."""

    items: Sequence[T]
    next: str | None


@dataclass(frozen=True, slots=True)
class PageRequest:
    """How many rows are wanted, and after which."""

    limit: int
    after: str | None

    @property
    def page_size(self) -> int:
        """One more than wanted: its presence says that there is a next page."""
        return self.limit + 1

    def key(self, sort: str, kinds: Sequence[type]) -> Key:
        """Read the cursor's key for this sort; all None at the first page.

        Raises:
            BadCursor: it is not one of this sort's.
        """
        if self.after is None:
            return [None] * len(kinds)
        found = _decode(self.after)
        if found[:1] != [sort] or len(found) != len(kinds) + 1:
            raise BadCursor
        key = found[1:]
        if not all(type(k) is kind for k, kind in zip(key, kinds, strict=True)):
            raise BadCursor
        return cast("Key", key)

    def cut(
        self,
        rows: Iterable[T],
        sort: str,
        key_of: Callable[[T], tuple[str | int, ...]],
        kinds: Sequence[type],
    ) -> Page[T]:
        """Cut a page of what is all in memory; a sort that begins with - goes down.

        Raises:
            BadCursor: the cursor is not one of this sort's.
        """
        down = sort.startswith("-")
        after = self.key(sort, kinds)
        keyed = sorted(((key_of(row), row) for row in rows), key=_first, reverse=down)
        if self.after is not None:
            last = cast("tuple[str | int, ...]", tuple(after))
            keyed = [
                (key, row) for key, row in keyed if (key < last if down else key > last)
            ]
        found = [row for _, row in keyed[: self.page_size]]
        return self.page(found, sort, key_of)

    def page(
        self, rows: Sequence[T], sort: str, key_of: Callable[[T], Sequence[object]]
    ) -> Page[T]:
        """Cut the extra row off and give out the next cursor where there was one."""
        items = rows[: self.limit]
        more = len(rows) > self.limit
        return Page(items, _encode([sort, *key_of(items[-1])]) if more else None)


async def page_request(
    limit: Annotated[int, Query(ge=1, le=200, description="Rows per page.")] = 50,
    after: Annotated[
        str | None,
        Query(max_length=LONGEST_CURSOR, description="The `next` of the page before."),
    ] = None,
) -> PageRequest:
    return PageRequest(limit, after)


PageQuery = Annotated[PageRequest, Depends(page_request)]


def uuid_of(key: str | int | None) -> UUID | None:
    """Read a key that is an id.

    Raises:
        BadCursor: it is none.
    """
    if key is None:
        return None
    try:
        return UUID(str(key))
    except ValueError as wrong:
        raise BadCursor from wrong


def cursor(sort: str, key: Sequence[object]) -> str:
    """Make the cursor of a page after a row, as the listing itself gives it out."""
    return _encode([sort, *key])


def link_header(request: Request, page: Page[T]) -> dict[str, str]:
    """The `Link` header (RFC 8288) of the next page, where there is one."""
    if page.next is None:
        return {}
    asked = [pair for pair in request.query_params.multi_items() if pair[0] != "after"]
    query = urlencode([*asked, ("after", page.next)])
    return {"link": f'<{request.scope["path"]}?{query}>; rel="next"'}


def _first(pair: tuple[tuple[str | int, ...], object]) -> tuple[str | int, ...]:
    return pair[0]


def _encode(values: Sequence[object]) -> str:
    return base64.urlsafe_b64encode(orjson.dumps(values)).rstrip(b"=").decode()


def _decode(cursor: str) -> list[object]:
    try:
        raw = base64.b64decode(
            cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True
        )
        found: object = orjson.loads(raw)
    except (binascii.Error, orjson.JSONDecodeError, ValueError) as wrong:
        raise BadCursor from wrong
    if not isinstance(found, list):
        raise BadCursor
    return cast("list[object]", found)
