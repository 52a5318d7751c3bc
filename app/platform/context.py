"""What a request needs beside itself: settings, database, clock, metrics."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends
from starlette.requests import Request

from app.platform.clock import Clock
from app.platform.database import Database
from app.platform.metrics import Metrics
from app.platform.settings import Settings


@dataclass(frozen=True, slots=True)
class Context:
    """One process's own things; made once in a composition root and passed down."""

    settings: Settings
    database: Database
    clock: Clock
    metrics: Metrics


async def context_of(request: Request) -> Context:
    """Return the context that the application was made with."""
    found: Context = request.app.state.context
    return found


Ctx = Annotated[Context, Depends(context_of)]
