"""`/v1/dossiers`: taking dossiers in, moving them on, reading them."""

from app.dossiers.routes import (
    deciding,
    demanding,
    ending,
    feed,
    interlinking,
    notices,
    progress,
    reading,
    received,
    submitting,
)
from app.dossiers.routes.router import router

__all__ = [
    "deciding",
    "demanding",
    "ending",
    "feed",
    "interlinking",
    "notices",
    "progress",
    "reading",
    "received",
    "router",
    "submitting",
]
