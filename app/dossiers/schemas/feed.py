"""The feed of dossiers born at the national portal."""

from typing import Self

from pydantic import Field

from app.dossiers.schemas.outgoing import DossierOut
from app.dossiers.schemas.pieces import Out
from app.dossiers.store.arrivals import Arrival
from app.fields import Moment
from app.platform.paging import cursor_of


class ArrivalOut(Out):
    """Một hồ sơ từ Cổng quốc gia. / A dossier that came from the national portal."""

    cursor: str = Field(
        description="Gửi ở `after` để đọc tiếp sau hồ sơ này. / Send as `after` to go on behind it."
    )
    arrived_at: Moment = Field(description="Khi hệ thống nhận. / When it came.")
    dossier: DossierOut = Field(description="Hồ sơ như hiện nay. / The dossier as it stands now.")

    @classmethod
    def of(cls, arrival: Arrival) -> Self:
        """Show an arrival."""
        return cls(
            cursor=cursor_of(arrival.number),
            arrived_at=arrival.arrived_at,
            dossier=DossierOut.of(arrival.dossier),
        )
