"""Who looked what up."""

from collections.abc import Sequence

from sqlalchemy import Connection

from app.access.domain import Caller
from app.lookups import store
from app.lookups.domain.asking import LookUp


def list_look_ups(
    connection: Connection, caller: Caller, *, before: str | None, limit: int
) -> Sequence[LookUp]:
    """Return look-ups of the caller's units, the newest first."""
    return store.page(connection, caller.member, before=before, limit=limit)
