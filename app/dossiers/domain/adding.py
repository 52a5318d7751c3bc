"""Adding papers to a dossier after it was filed."""

from dataclasses import replace

from app.dossiers.domain.actors import Said
from app.dossiers.domain.deciding import OPEN, in_turn
from app.dossiers.domain.dossier import Dossier
from app.dossiers.domain.filing import Attachment
from app.dossiers.domain.handling import ActName


def add_papers(dossier: Dossier, said: Said, papers: tuple[Attachment, ...]) -> Dossier:
    """Add papers, e.g. scans of what was handed in on paper; what was filed stays as it is.

    Raises:
        OutOfTurnError: if the dossier has ended or is stopped.
    """
    in_turn(dossier, ActName.ADD_PAPERS, OPEN)
    handling = replace(dossier.handling, papers=(*dossier.handling.papers, *papers))
    return replace(dossier, handling=handling, changed_at=said.now)
