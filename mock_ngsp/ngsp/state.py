"""What the services hold; a service with a memory of its own adds it here."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from mock_ngsp.ngsp import people, seed
from mock_ngsp.ngsp.catalogues.seed import beginning
from mock_ngsp.ngsp.judicial.declaring import Desk
from mock_ngsp.ngsp.judicial.first import FirstGeneration
from mock_ngsp.ngsp.judicial.second import SecondGeneration
from mock_ngsp.ngsp.land.files import Land
from mock_ngsp.ngsp.licences import Licences
from mock_ngsp.ngsp.postal.orders import Postal
from mock_ngsp.ngsp.registrations import Registrations
from mock_ngsp.ngsp.tokens import Applications


class Services:
    """The state of every service, as it is at the beginning."""

    def __init__(self, now: datetime) -> None:
        self.applications = Applications()
        self.businesses = {one.code: one for one in seed.BUSINESSES}
        self.postal = Postal()
        self.licences = Licences()
        self.land = Land()
        self.catalogues = beginning()
        self.tracked: list[dict[str, Any]] = []
        self.judicial = FirstGeneration()
        self.desk: Desk | None = None
        self.central_judicial = SecondGeneration()
        self.people = list(people.PEOPLE)
        self.registrations = Registrations(now)

    def turn(self, now: datetime) -> None:
        """Have happen what is due: a birth that is registered makes a citizen."""
        self.people.extend(self.registrations.born(now))

    def shown(self) -> Mapping[str, list[Any]]:
        """What each service holds, for the control API."""
        return {
            "enterprises": [one.shown() for one in self.businesses.values()],
            "catalogues": [{one.code: one.rows} for one in self.catalogues.values()],
            "tracking": self.tracked,
            "land": self.land.shown(),
            "postal": self.postal.shown(),
            "judicial": self.judicial.shown(),
            "judicial-central": self.central_judicial.shown(),
            "judicial-return": list(self.central_judicial.returned.values()),
            "population": [one.shown() for one in self.people],
            "civil-status": [asdict(one) for one in self.registrations.all()],
        }
