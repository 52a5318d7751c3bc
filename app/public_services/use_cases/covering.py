"""Counting services, and the members that are connected."""

from collections.abc import Sequence

from sqlalchemy import Connection

from app.public_services.domain.coverage import (
    Connected,
    Counts,
    Dimension,
    Group,
    Wanted,
    connected,
)
from app.public_services.store import adoption, offers


def count_services(
    connection: Connection, wanted: Wanted, by: Sequence[Dimension]
) -> tuple[Counts, Sequence[tuple[Group, Counts]]]:
    """Count services on a day: all together, and in groups."""
    every = offers.count(connection, wanted, ())
    total = every[0][1] if every else Counts()
    return total, offers.count(connection, wanted, by) if by else []


def list_connected(connection: Connection) -> Sequence[tuple[str, Connected]]:
    """Return every member that is connected with anything, with its name."""
    found = connected(adoption.links(connection))
    names = adoption.names(connection, [one.member for one in found])
    return [(names.get(one.member, one.member), one) for one in found]


def sector_names(connection: Connection, codes: Sequence[str]) -> dict[str, str]:
    """Return the names of sectors by their codes, as the catalogue says them today."""
    return offers.sector_names(connection, codes)
