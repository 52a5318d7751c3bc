"""`/v1/statistics/…`: figures about dossiers for the agencies whose they are."""

from app.statistics.routes import drilling, figures, monitoring, publication
from app.statistics.routes.router import router

__all__ = ["drilling", "figures", "monitoring", "publication", "router"]
