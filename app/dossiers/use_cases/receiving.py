"""Files that come with a dossier that was born elsewhere: held like any other file of a dossier."""

from collections.abc import Sequence

from sqlalchemy import Connection

from app.access.domain import Caller
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
        content, name = one.content, name_of(one.name)
        file = HeldFile(
            id=paper.file_id,
            member=dossier.filing.agency.code,
            name=name,
            media_type=kind_told(content.read(0, HEAD), name),
            sha256=content.sha256,
            size=content.size,
            created_at=clock.now(),
            dossier=dossier.code,
        )
        files.add(connection, file)
        received.add_file(connection, file.id, number=number, reference=one.reference)
        act = Act("file.receive", subject_of_file(file.id), file.sha256)
        record(connection, clock, sender, act)
