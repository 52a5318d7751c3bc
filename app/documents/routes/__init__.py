"""`/v1/documents`: sending documents, receiving them, and telling what becomes of them."""

from app.documents.routes import (
    archiving,
    counting,
    duties,
    examining,
    feed,
    listing,
    reading,
    receipts,
    sending,
    statuses,
)
from app.documents.routes.router import LARGE_BODIES, router

__all__ = [
    "LARGE_BODIES",
    "archiving",
    "counting",
    "duties",
    "examining",
    "feed",
    "listing",
    "reading",
    "receipts",
    "router",
    "sending",
    "statuses",
]
