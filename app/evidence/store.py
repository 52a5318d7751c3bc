"""Writing and reading the log."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, or_, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from app.evidence.domain import Act, Actor, Entry
from app.evidence.tables import evidence, unauthenticated_refusals
from app.platform.clock import Clock
from app.platform.inserting import insert_rows


def record(connection: Connection, clock: Clock, actor: Actor, act: Act) -> None:
    """Write one entry in the caller's transaction."""
    entry = {
        "at": clock.now(),
        "client_id": actor.client_id,
        "member": actor.member,
        "act": act.name,
        "subject": act.subject,
        "digest": act.digest,
        "outcome": act.outcome,
        "request_id": actor.request_id,
    }
    insert_rows(connection, evidence, [entry])


def record_once(
    connection: Connection, clock: Clock, actor: Actor, act: Act, *, since: datetime
) -> None:
    """Write an entry unless this actor has one of the same subject and outcome since a moment.

    Two transactions of PostgreSQL that do so in the same instant may both write it.
    """
    same = (
        evidence.c.client_id == actor.client_id,
        evidence.c.subject == act.subject,
        evidence.c.outcome == act.outcome,
        evidence.c.at >= since,
    )
    if connection.scalar(select(evidence.c.number).where(*same).limit(1)) is None:
        record(connection, clock, actor, act)


def page(
    connection: Connection, *, member: str, subject: str | None, after: int | None, limit: int
) -> Sequence[Entry]:
    """Return entries of a member and all below it, the newest first, before number `after`."""
    wanted = select(evidence).where(
        or_(evidence.c.member == member, evidence.c.member.like(f"{member}.%"))
    )
    if subject is not None:
        wanted = wanted.where(evidence.c.subject == subject)
    if after is not None:
        wanted = wanted.where(evidence.c.number < after)
    rows = connection.execute(wanted.order_by(evidence.c.number.desc()).limit(limit))
    return [Entry(*row) for row in rows]


def count_refusals(connection: Connection, counted: Mapping[tuple[datetime, str], int]) -> None:
    """Add refusals of callers nobody knows, by (minute, reason)."""
    insert_into = sqlite_insert if connection.dialect.name == "sqlite" else postgresql_insert
    for (minute, reason), number in sorted(counted.items()):
        statement = insert_into(unauthenticated_refusals).values(
            minute=minute, reason=reason, number=number
        )
        connection.execute(
            statement.on_conflict_do_update(
                index_elements=["minute", "reason"],
                set_={"number": unauthenticated_refusals.c.number + statement.excluded.number},
            )
        )
