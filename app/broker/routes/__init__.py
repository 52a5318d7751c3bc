"""`/v1/services`, `/v1/grants`, `/v1/access-requests`."""

from app.broker.routes import (
    describing,
    explaining,
    granting,
    leading,
    reading,
    registering,
    requesting,
)
from app.broker.routes.router import router

__all__ = [
    "describing",
    "explaining",
    "granting",
    "leading",
    "reading",
    "registering",
    "requesting",
    "router",
]
