"""`/v1/lookups`: questions to the shared national services."""

from app.lookups.routes import businesses, citizens, listing
from app.lookups.routes.router import router

__all__ = ["businesses", "citizens", "listing", "router"]
