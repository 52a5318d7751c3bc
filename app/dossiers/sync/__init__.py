"""What we owe the national portal for a dossier, and what its answer changes."""

from app.dossiers.sync.delivering import handlers, settle
from app.dossiers.sync.linking import linking
from app.dossiers.sync.records import record_of, row_of

__all__ = ["handlers", "linking", "record_of", "row_of", "settle"]
