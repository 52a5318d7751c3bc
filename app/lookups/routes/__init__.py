"""`/v1/lookups`: questions to the shared national services."""

from app.lookups.routes import businesses, catalogues, citizens, listing, postal
from app.lookups.routes.router import router

__all__ = ["businesses", "catalogues", "citizens", "listing", "postal", "router"]
