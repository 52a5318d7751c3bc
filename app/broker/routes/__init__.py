"""`/v1/services`, `/v1/grants`, `/v1/access-requests`, `/v1/quotas`, `/v1/exchanges`."""

from app.broker.routes import (
    describing,
    exchanges,
    explaining,
    granting,
    health,
    leading,
    limits,
    reading,
    registering,
    requesting,
)
from app.broker.routes.router import router

__all__ = [
    "describing",
    "exchanges",
    "explaining",
    "granting",
    "health",
    "leading",
    "limits",
    "reading",
    "registering",
    "requesting",
    "router",
]
