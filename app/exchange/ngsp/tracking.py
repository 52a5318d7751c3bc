"""Telling the monitoring centre (EMC) of dossiers: no token, and only HTTP success counts."""

from typing import Final

from app.exchange.ngsp.calling import Sender, posting
from app.exchange.ngsp.errors import ServiceError
from app.exchange.ngsp.outcomes import deferred
from app.exchange.ngsp.wire.tracking import FileTracking
from app.exchange.outcomes import Delivered, Outcome, Refused
from app.platform.settings import Settings

SERVICE: Final = "tracking"


class TrackingClient:
    """Speaks to the centre."""

    def __init__(self, sender: Sender, url: str) -> None:
        self._sender = sender
        self._url = url

    async def tell(self, told: FileTracking) -> Outcome:
        """Tell of a dossier; what a success says is not known, so nobody reads it."""
        call = posting(SERVICE, "file-tracking", self._url, told.model_dump())
        try:
            answer = await self._sender.send(call, {})
        except ServiceError as error:
            return deferred(error)
        if answer.is_success:
            return Delivered()
        return Refused(f"http-{answer.status}", "the centre does not take it")


def tracking_of(settings: Settings, sender: Sender) -> TrackingClient | None:
    """Return the client of the centre; None while its address is not set."""
    return None if settings.emc_url is None else TrackingClient(sender, str(settings.emc_url))
