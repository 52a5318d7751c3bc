"""`/v1/dossiers`: taking dossiers in, moving them on, reading them."""

from app.dossiers.routes import progress, reading, submitting
from app.dossiers.routes.router import router

__all__ = ["progress", "reading", "router", "submitting"]
