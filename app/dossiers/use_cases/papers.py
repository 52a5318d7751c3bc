"""Adding papers to a dossier after it was filed."""

from sqlalchemy import Connection

from app.access.domain import Caller
from app.dossiers.domain.actors import Said
from app.dossiers.domain.adding import add_papers as added
from app.dossiers.domain.dossier import Dossier
from app.dossiers.domain.filing import Attachment
from app.dossiers.domain.handling import ActName
from app.dossiers.use_cases.acting import Done, Order, perform
from app.dossiers.use_cases.readying import Bringing, own, ready
from app.platform.clock import Clock


def add_papers(
    connection: Connection,
    clock: Clock,
    caller: Caller,
    order: Order,
    papers: tuple[Attachment, ...],
) -> Done:
    """Add papers to a dossier that is open.

    Raises:
        UnusableFileError: if a file is not there, not the caller's, or another dossier's.
        NotReusableError: if an earlier paper cannot stand in.
        OutOfTurnError: if the dossier has ended.
        UnknownDossierError: if it does not exist or is not the caller's.
    """

    def change(dossier: Dossier, said: Said) -> tuple[Dossier, str | None]:
        bringing = Bringing(dossier.filing.applicant, dossier.code, order.cause.reuse_days)
        found = ready(connection, clock, caller, bringing, papers, at="/papers")
        own(connection, dossier.code, found)
        return added(dossier, said, found), "; ".join(paper.name for paper in found)

    return perform(connection, clock, caller, order, ActName.ADD_PAPERS, change)
