"""Looking at signatures: what is due, what was found, and what a document shows of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from app.access.domain import Caller
from app.documents.domain.documents import Document
from app.documents.domain.legal_value import Check
from app.documents.store import documents, signatures
from app.documents.use_cases import reading
from app.evidence.domain import Act, SystemActor
from app.evidence.store import record
from app.platform.clock import Clock
from app.platform.storage import blobs


@dataclass(frozen=True, slots=True)
class Examined:
    """A document with what was found; None while nobody has looked."""

    document: Document
    check: Check | None


def due(connection: Connection, limit: int) -> Sequence[Document]:
    """Return documents whose signatures were not looked at yet."""
    found = documents.find_several(connection, signatures.due(connection, limit=limit))
    return [found[number] for number in sorted(found)]


def part(connection: Connection, sha256: str, n: int) -> bytes:
    """Return one part of a content; empty behind its end."""
    return blobs.part(connection, sha256, n) or b""


def keep(
    connection: Connection, clock: Clock, document: Document, check: Check, province: str
) -> None:
    """Keep what was found of a document's signatures; the first look counts."""
    if signatures.keep(connection, document.id, check):
        act = Act("document.examine", document.subject_of_evidence, document.packet.sha256)
        record(connection, clock, SystemActor("system:examiner", province), act)


def show(connection: Connection, caller: Caller, number: str) -> Examined:
    """Return what is known of a document's signatures.

    Raises:
        UnknownDocumentError: if there is no such document of the caller's.
    """
    document = reading.find_document(connection, caller, number)
    return Examined(document, signatures.find(connection, number))
