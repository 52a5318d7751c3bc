"""`/v1/lookups`: questions to the shared national services."""

from app.lookups.routes import businesses, citizens, civil_status, insurance, listing, prefilling
from app.lookups.routes.router import router

__all__ = ["businesses", "citizens", "civil_status", "insurance", "listing", "prefilling", "router"]
