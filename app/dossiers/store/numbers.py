"""The numbers given out per agency and day."""

from typing import Final

from sqlalchemy import Connection
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from app.codes import AgencyCode
from app.dossiers.tables import sequences

_INSERTS: Final = (("sqlite", sqlite_insert), ("postgresql", postgresql_insert))
_TAKE_NUMBER: Final = {
    name: insert(sequences)
    .on_conflict_do_update(index_elements=["agency", "day"], set_={"last": sequences.c.last + 1})
    .returning(sequences.c.last)
    for name, insert in _INSERTS
}


def take_number(connection: Connection, agency: AgencyCode, day: str) -> int:
    """Take the next number of an agency and day.

    The row stays locked until the act ends, and an act that fails gives its number back: so the
    numbers have no gaps, and acts of one agency and day follow one another.
    """
    first = {"agency": agency, "day": day, "last": 1}
    number: int = connection.execute(_TAKE_NUMBER[connection.dialect.name], first).scalar_one()
    return number
