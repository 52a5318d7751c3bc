"""Files that come with a dossier that was born elsewhere: held like any other file of a dossier."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection

from app.access.domain import Caller
from app.codes import AgencyCode
from app.dossiers.domain.dossier import Dossier
from app.dossiers.domain.files import HEAD, HeldFile, kind_told, name_of
from app.dossiers.domain.filing import Attachment
from app.dossiers.domain.received import ReceivedFile
from app.dossiers.store import files, received
from app.dossiers.use_cases.files import subject_of_file
from app.evidence.domain import Act
from app.evidence.store import record
from app.platform.clock import Clock
from app.platform.ids import new_id
from app.platform.storage import blobs


def papers_of(came: Sequence[ReceivedFile]) -> tuple[Attachment, ...]:
    """Return files that came as papers of their dossier, each with the id it is held under."""
    return tuple(Attachment("", one.name, "", digitised=True, file_id=new_id()) for one in came)


def lay(
    connection: Connection,
    clock: Clock,
    sender: Caller,
    *,
    agency: AgencyCode,
    came: Sequence[ReceivedFile],
    first: int = 1,
) -> tuple[Attachment, ...]:
    """Hold files that came, as papers that a dossier is to name; they are numbered from `first`."""
    blobs.keep(connection, clock, *(one.content for one in came))
    papers = papers_of(came)
    for number, (paper, one) in enumerate(zip(papers, came, strict=True), first):
        file = _held(clock, paper.file_id, one, agency)
        files.add(connection, file)
        received.add_file(connection, file.id, number=number, reference=one.reference)
        act = Act("file.receive", subject_of_file(file.id), file.sha256)
        record(connection, clock, sender, act)
    return papers


def hold(
    connection: Connection,
    clock: Clock,
    sender: Caller,
    *,
    dossier: Dossier,
    came: Sequence[ReceivedFile],
) -> None:
    """Hold the files that a dossier came with under the ids of its papers, in their order.

    A kind that no upload may have is kept all the same: the sender was told that it is here.
    """
    blobs.keep(connection, clock, *(one.content for one in came))
    for number, (paper, one) in enumerate(zip(dossier.filing.attachments, came, strict=True), 1):
        held = _held(clock, paper.file_id, one, dossier.filing.agency.code)
        file = replace(held, dossier=dossier.code)
        files.add(connection, file)
        received.add_file(connection, file.id, number=number, reference=one.reference)
        act = Act("file.receive", subject_of_file(file.id), file.sha256)
        record(connection, clock, sender, act)


def _held(clock: Clock, file_id: str, came: ReceivedFile, agency: AgencyCode) -> HeldFile:
    content, name = came.content, name_of(came.name)
    return HeldFile(
        id=file_id,
        member=agency,
        name=name,
        media_type=kind_told(content.read(0, HEAD), name),
        sha256=content.sha256,
        size=content.size,
        created_at=clock.now(),
    )
