"""The whole register in one read, as a process keeps it."""

from sqlalchemy import Connection

from app.broker.domain.deciding import View
from app.broker.store import grants, registered, revisions


def view(connection: Connection) -> View:
    """Return the register.

    Its revision is read first: whatever is read behind it may be newer, and is read again then.
    """
    revision = revisions.present(connection)
    known = [service for _, service in registered.every(connection)]
    return View.of(revision, known, grants.every(connection))


def newer(connection: Connection, kept: View | None) -> View | None:
    """Return the register; None if it is still at the revision that is kept."""
    if kept is not None and revisions.present(connection) == kept.revision:
        return None
    return view(connection)
