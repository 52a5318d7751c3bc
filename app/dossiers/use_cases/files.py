"""Uploading files, showing and handing them out, and who fetched them."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Self

from sqlalchemy import Connection

from app.access.domain import Caller
from app.codes import DossierCode
from app.dossiers import store
from app.dossiers.domain.dossier import Dossier
from app.dossiers.domain.file_errors import UnknownFileError
from app.dossiers.domain.files import HEAD, Fetching, HeldFile, kind_of, named_by, unfetched
from app.dossiers.domain.quality import Finding
from app.dossiers.store import files
from app.dossiers.use_cases.reading import show
from app.evidence.domain import Act, SystemActor
from app.evidence.store import record
from app.platform.clock import Clock
from app.platform.contents import Content
from app.platform.idempotency import forget_subject
from app.platform.ids import new_id
from app.platform.storage import blobs, deposits

PORTAL: Final = "portal"
"""The audience of links in pushed records: the national portal."""

SYSTEM: Final = "system"
"""The audience of links that a client asked for."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came; its kind is told by its bytes."""

    name: str
    media_type: str
    content: Content

    @classmethod
    def of(cls, name: str, content: Content) -> Self:
        """Return a file that can be kept.

        Raises:
            FileKindError: if its bytes are of no kind that is taken.
        """
        return cls(name, kind_of(content.read(0, HEAD), name), content)

    @property
    def digest(self) -> str:
        """What tells a repeated upload from another one: name and bytes, however they came."""
        return hashlib.sha256(f"{self.content.sha256} {self.name}".encode()).hexdigest()


def subject_of_file(file_id: str) -> str:
    """Return how the evidence log and kept answers name a file."""
    return f"file:{file_id}"


def upload(connection: Connection, clock: Clock, caller: Caller, *, brought: Upload) -> HeldFile:
    """Keep a file for the caller's member until a dossier names it."""
    content = brought.content
    file = HeldFile(
        id=new_id(),
        member=caller.member,
        name=brought.name,
        media_type=brought.media_type,
        sha256=content.sha256,
        size=content.size,
        created_at=clock.now(),
    )
    blobs.keep(connection, clock, content)
    files.add(connection, file)
    record(connection, clock, caller, Act("file.upload", subject_of_file(file.id), brought.digest))
    return file


def show_file(connection: Connection, caller: Caller, file_id: str) -> HeldFile:
    """Return a file.

    Raises:
        UnknownFileError: if it does not exist or is not the caller's.
    """
    file = files.find(connection, file_id)
    if file is None or not _may_see(connection, caller, file):
        raise UnknownFileError
    return file


def open_file(connection: Connection, file_id: str) -> HeldFile:
    """Return a file to whoever holds a link to it.

    Raises:
        UnknownFileError: if it is not there any more.
    """
    file = files.find(connection, file_id)
    if file is None:
        raise UnknownFileError
    return file


def note_fetched(
    connection: Connection, clock: Clock, file: HeldFile, *, audience: str, request_id: str
) -> None:
    """Note that the holder of a link is given the last part of a file."""
    if audience == PORTAL:
        files.note_fetched(connection, file.id, clock.now())
    actor = SystemActor(f"link:{audience}", file.member, request_id)
    record(connection, clock, actor, Act("file.fetch", subject_of_file(file.id), file.sha256))


def note_given(connection: Connection, clock: Clock, caller: Caller, file: HeldFile) -> None:
    """Note that a caller was given a file itself, without a link."""
    record(connection, clock, caller, Act("file.fetch", subject_of_file(file.id), file.sha256))


def show_judged(
    connection: Connection, caller: Caller, code: DossierCode, expected: Fetching
) -> tuple[Dossier, list[Finding]]:
    """Return a dossier, and what the nation cannot have of its files.

    Raises:
        UnknownDossierError: if it does not exist or is not the caller's.
    """
    dossier = show(connection, caller, code)
    ids = {file_id for _, file_id in named_by(dossier)}
    return dossier, unfetched(dossier, files.several(connection, ids), expected)


def drop_unnamed(connection: Connection, before: datetime, *, at_most: int) -> int:
    """Delete at most so many files that no dossier came to name; return how many went.

    A repeated upload is then a new one. The contents go with the worker's next look, unless
    something else holds them.
    """
    gone = files.drop_unnamed(connection, before, at_most=at_most)
    for file_id, _ in gone:
        forget_subject(connection, subject_of_file(file_id))
    deposits.loosen(connection, sorted({sha256 for _, sha256 in gone}), before)
    return len(gone)


def _may_see(connection: Connection, caller: Caller, file: HeldFile) -> bool:
    if file.dossier is None:
        return caller.may_see(file.member)
    dossier = store.find(connection, file.dossier)
    return dossier is not None and caller.may_see(dossier.filing.agency.code)
