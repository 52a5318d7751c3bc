"""`/v1/documents`: sending documents, receiving them, and telling what becomes of them."""

from app.documents.routes import reading, sending, statuses
from app.documents.routes.router import LARGE_BODIES, router

__all__ = ["LARGE_BODIES", "reading", "router", "sending", "statuses"]
