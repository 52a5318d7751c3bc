"""What every act on a dossier shares: whose it is, what it is called, and what it owes."""

from dataclasses import dataclass

from sqlalchemy import Connection

from app.access.domain import Caller
from app.codes import DossierCode
from app.dossiers.domain.dossier import Dossier, Step
from app.dossiers.domain.errors import UnknownDossierError
from app.exchange.messages import Owed
from app.exchange.outbox import enqueue
from app.platform.clock import Clock

TOPIC = "dossiers.sync"


@dataclass(frozen=True, slots=True)
class Cause:
    """What causes an act: the hash of its body, and whether the nation is connected here."""

    digest: str
    is_connected: bool


def owe(connection: Connection, clock: Clock, dossier: Dossier, step: Step) -> None:
    """Owe one act to the nation; the caller holds the dossier's row."""
    message = Owed(
        message_id=dossier.national.owed_id,
        topic=TOPIC,
        key=f"dossier:{dossier.code}",
        body={"record": dossier.facts(), "progress": [step.facts()]},
    )
    enqueue(connection, clock, message)


def visible(dossier: Dossier | None, caller: Caller) -> Dossier:
    """Return the dossier.

    Raises:
        UnknownDossierError: if there is none, or it is not the caller's.
    """
    if dossier is None or not caller.may_see(dossier.filing.agency.code):
        raise UnknownDossierError
    return dossier


def subject_of(code: DossierCode) -> str:
    """Return how the evidence log and kept answers name a dossier."""
    return f"dossier:{code}"
