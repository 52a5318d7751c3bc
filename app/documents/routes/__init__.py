"""`/v1/documents`: sending documents, receiving them, and telling what becomes of them."""

from app.documents.routes import reading, sending, statuses
from app.documents.routes.router import router

__all__ = ["reading", "router", "sending", "statuses"]
