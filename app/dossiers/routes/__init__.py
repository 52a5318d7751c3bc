"""`/v1/dossiers`: taking dossiers in, moving them on, reading them; their files."""

from app.dossiers.routes import (
    deciding,
    demanding,
    ending,
    feed,
    files,
    interlinking,
    notices,
    papers,
    progress,
    reading,
    received,
    submitting,
)
from app.dossiers.routes.router import FILES, router

__all__ = [
    "FILES",
    "deciding",
    "demanding",
    "ending",
    "feed",
    "files",
    "interlinking",
    "notices",
    "papers",
    "progress",
    "reading",
    "received",
    "router",
    "submitting",
]
