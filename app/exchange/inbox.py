"""What others tell us takes effect once."""

from sqlalchemy import Connection
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from app.exchange.tables import inbox
from app.platform.clock import Clock


def accept(connection: Connection, clock: Clock, *, sender: str, message_id: str) -> bool:
    """Tell whether this is the first time that `sender` says this.

    The caller's transaction keeps the answer: if it comes to nothing, the next one is first. On
    PostgreSQL a repeat that arrives meanwhile waits for it to end.
    """
    insert = sqlite_insert if connection.dialect.name == "sqlite" else postgresql_insert
    taken = connection.execute(
        insert(inbox)
        .values(sender=sender, message_id=message_id, at=clock.now())
        .on_conflict_do_nothing()
    )
    return taken.rowcount == 1
