"""Judging readiness."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from sqlalchemy import Connection

from app.exchange import heartbeat, outbox
from app.platform.clock import Clock
from app.platform.migration import newest, present
from app.platform.settings import Settings


@dataclass(frozen=True, slots=True)
class Readiness:
    """What keeps the gateway from taking anything in, and what only delays delivery."""

    blocking: tuple[str, ...] = ()
    degrading: tuple[str, ...] = ()

    @property
    def status(self) -> str:
        """`ready`, `degraded` or `unavailable`."""
        if self.blocking:
            return "unavailable"
        return "degraded" if self.degrading else "ready"


@cache
def _newest() -> str | None:
    return newest()


def readiness(connection: Connection, clock: Clock, settings: Settings) -> Readiness:
    """Judge what the database says; intake stays durable while delivery waits."""
    if present(connection) != _newest():
        return Readiness(blocking=("migrations-behind",))
    degrading = []
    last = heartbeat.last(connection)
    silent = timedelta(seconds=settings.ready_worker_seconds)
    if last is None or clock.now() - last > silent:
        degrading.append("worker-silent")
    if outbox.depth(connection, at_most=settings.ready_outbox_depth + 1) > (
        settings.ready_outbox_depth
    ):
        degrading.append("outbox-deep")
    return Readiness(degrading=tuple(degrading))
