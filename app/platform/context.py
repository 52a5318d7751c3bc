"""What a request needs beside itself: settings, database, clock, metrics."""

from dataclasses import dataclass
from typing import Annotated, Self

from fastapi import Depends
from starlette.requests import Request

from app.platform.clock import Clock, SystemClock
from app.platform.database import Database, open_database
from app.platform.metrics import Metrics
from app.platform.settings import Settings


@dataclass(frozen=True, slots=True)
class Context:
    """One process's own things; made once in a composition root and passed down."""

    settings: Settings
    database: Database
    clock: Clock
    metrics: Metrics

    @classmethod
    def of(
        cls,
        settings: Settings,
        *,
        clock: Clock | None = None,
        database: Database | None = None,
        metrics: Metrics | None = None,
    ) -> Self:
        """Return what a process with these settings has: its own, where nothing else is given."""
        url, connections = settings.database_url, settings.database_connections
        return cls(
            settings,
            database or open_database(url, connections=connections),
            clock or SystemClock(),
            metrics or Metrics(),
        )


async def context_of(request: Request) -> Context:
    """Return the context that the application was made with."""
    found: Context = request.app.state.context
    return found


Ctx = Annotated[Context, Depends(context_of)]
