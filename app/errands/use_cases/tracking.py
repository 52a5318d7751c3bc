"""Telling the monitoring centre of a dossier."""

from dataclasses import dataclass

from sqlalchemy import Connection

from app.access.domain import Caller
from app.codes import DossierCode
from app.dossiers.use_cases import show as show_dossier
from app.errands.domain import Errand, Kind, New
from app.errands.domain.tracking import OnlineLevel, tracking_facts
from app.errands.use_cases.owing import place
from app.platform.clock import Clock


@dataclass(frozen=True, slots=True)
class Tracking:
    """Which dossier is told of, how far its service goes online, and the digest of the body."""

    dossier: DossierCode
    level: OnlineLevel
    digest: str


def track(connection: Connection, clock: Clock, caller: Caller, wanted: Tracking) -> Errand:
    """Owe the centre how a dossier stands now; the same standing is told once.

    Raises:
        UnknownDossierError: if the dossier does not exist or is not the caller's.
        NumberTakenError: if the centre was told of it since it changed last.
    """
    dossier = show_dossier(connection, caller, wanted.dossier)
    new = New(
        Kind.FILE_TRACKING,
        tracking_facts(dossier, wanted.level),
        wanted.digest,
        number=f"{dossier.code}/{dossier.changed_at:%Y%m%d%H%M%S%f}",
        dossier=dossier.code,
        group=str(dossier.code),
        pointer="/dossier_code",
    )
    return place(connection, clock, caller, new)
