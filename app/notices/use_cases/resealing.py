"""Addresses of followers and user ids of owners, kept under a new encryption key."""

from sqlalchemy import Connection

from app.notices.store import followers, owners
from app.notices.use_cases.owning import about_user
from app.platform.sealing import Sealer


def reseal(connection: Connection, sealer: Sealer) -> int:
    """Encrypt all that is sealed here under the present key; return how much that was.

    Raises:
        UnopenableError: if something was sealed under a key we do not have; nothing was changed.
    """
    told, known = followers.every(connection), owners.every(connection)
    for follower_id, sealed in told:
        fresh = sealer.anew(sealed, about=f"follower:{follower_id}")
        followers.reseal(connection, follower_id, fresh)
    for code, sealed in known:
        owners.reseal(connection, code, sealer.anew(sealed, about=about_user(code)))
    return len(told) + len(known)
