"""Every table of documents."""

from app.documents.tables.documents import (
    attachments,
    deliveries,
    document_links,
    document_symbols,
    documents,
    recipients,
    statuses,
    waiting_statuses,
)
from app.documents.tables.finding import (
    checks,
    dealings,
    events,
    facts,
    seals,
    shelves,
    words,
)

__all__ = [
    "attachments",
    "checks",
    "dealings",
    "deliveries",
    "document_links",
    "document_symbols",
    "documents",
    "events",
    "facts",
    "recipients",
    "seals",
    "shelves",
    "statuses",
    "waiting_statuses",
    "words",
]
