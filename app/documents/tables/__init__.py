"""Every table of documents."""

from app.documents.tables.contents import (
    blob_parts,
    blob_segments,
    blobs,
)
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
    "blob_parts",
    "blob_segments",
    "blobs",
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
