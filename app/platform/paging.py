"""Lists in pages: opaque cursors that stay valid while rows come and go."""

import base64
import binascii
import json
from typing import Annotated, Generic, TypeVar

from fastapi import Query
from pydantic import BaseModel, ConfigDict, Field

from app.platform.bodies import InvalidInputError
from app.platform.errors import Invalid

Item = TypeVar("Item", bound=BaseModel)

Limit = Annotated[
    int, Query(ge=1, le=200, description="Số mục mỗi trang. / Items in a page.", examples=[50])
]
After = Annotated[
    str | None,
    Query(
        max_length=500,
        description="Giá trị `next` của trang trước. / `next` of the page before.",
    ),
]


class Page(BaseModel, Generic[Item]):
    """One page; `next` is null on the last one."""

    model_config = ConfigDict(frozen=True)

    items: list[Item]
    next: str | None = Field(
        description="Gửi lại ở `after` để lấy trang sau. / Send as `after` for the next page."
    )


def cursor_of(*key: str | int) -> str:
    """Return the cursor that stands behind a row with this sort key."""
    return base64.urlsafe_b64encode(json.dumps(key).encode()).decode().rstrip("=")


def key_of(cursor: str | None, *kinds: type[str | int]) -> tuple[str | int, ...] | None:
    """Return the sort key of a cursor; None without one.

    Raises:
        InvalidInputError: if the cursor is not one of ours for this list.
    """
    if cursor is None:
        return None
    try:
        key = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, binascii.Error, RecursionError):
        key = None
    fits = isinstance(key, list) and [type(part) for part in key] == list(kinds)
    if not fits or not all(_is_storable(part) for part in key):
        raise InvalidInputError(
            [Invalid("query/after", "không phải con trỏ trang của danh sách này", "not a cursor")]
        )
    return tuple(key)


def _is_storable(part: str | int) -> bool:
    """Tell whether a database can compare with it: no NUL, no half characters, 64 bits."""
    return part.isprintable() if isinstance(part, str) else abs(part) < 1 << 63
