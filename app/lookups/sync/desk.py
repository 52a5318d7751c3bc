"""Everything that can be asked, as far as the settings connect it."""

from dataclasses import dataclass

import httpx

from app.exchange.ngsp.catalogues import catalogues_of
from app.exchange.ngsp.connecting import Connecting
from app.exchange.ngsp.enterprises import SERVICE as ENTERPRISES
from app.exchange.ngsp.enterprises import EnterpriseClient
from app.exchange.ngsp.postal import postal_of
from app.lookups.sync.businesses import BusinessDesk
from app.lookups.sync.catalogues import CatalogueDesk
from app.lookups.sync.citizens import CitizenDesk
from app.lookups.sync.postal import PostalDesk
from app.platform.clock import Clock
from app.platform.settings import Settings


@dataclass(frozen=True, slots=True)
class Desk:
    """Who is asked about what; None where nobody is connected."""

    businesses: BusinessDesk | None = None
    citizens: CitizenDesk | None = None
    catalogues: CatalogueDesk | None = None
    postal: PostalDesk | None = None


def desk_of(settings: Settings, http: httpx.AsyncClient, clock: Clock) -> Desk:
    """Return what these settings connect.

    Raises:
        SecretFileError: if a secret cannot be read.
    """
    connecting = Connecting(settings, http, clock)
    caller = connecting.caller()
    population = connecting.population(caller)
    citizens = None if population is None else CitizenDesk(population, settings)
    if caller is None:
        return Desk(citizens=citizens)
    register = EnterpriseClient(caller, settings.context_of(ENTERPRISES))
    catalogues = catalogues_of(settings, caller)
    postal = postal_of(settings, caller)
    return Desk(
        businesses=BusinessDesk(register),
        citizens=citizens,
        catalogues=CatalogueDesk(catalogues),
        postal=None if postal is None else PostalDesk(postal),
    )
