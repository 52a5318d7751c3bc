"""`/v1/lookups`: questions to the shared national services."""

from app.lookups.routes import (
    businesses,
    catalogues,
    citizens,
    civil_status,
    insurance,
    listing,
    postal,
    prefilling,
    transport,
)
from app.lookups.routes.router import router

__all__ = [
    "businesses",
    "catalogues",
    "citizens",
    "civil_status",
    "insurance",
    "listing",
    "postal",
    "prefilling",
    "router",
    "transport",
]
