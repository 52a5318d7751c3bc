"""Addresses at which the national portal fetches files that are held here."""

from app.dossiers.sync.acts import Link
from app.dossiers.use_cases.files import PORTAL
from app.platform.clock import Clock
from app.platform.links import link_signer_of, valid_for
from app.platform.settings import Settings


def linking(settings: Settings, clock: Clock) -> Link | None:
    """Return what makes a signed address of a file; None without a key to sign with.

    Raises:
        LinkKeyError: if a key file holds none.
    """
    signer = link_signer_of(settings)
    if signer is None:
        return None

    def link(file_id: str) -> str:
        until = valid_for(clock, hours=settings.file_link_hours)
        return signer.link(f"/files/{file_id}", audience=PORTAL, until=until)

    return link
