"""Everything that can be asked, as far as the settings connect it."""

from dataclasses import dataclass

import httpx

from app.exchange.ngsp.businesses import SERVICE as CERTIFICATES
from app.exchange.ngsp.businesses import BusinessClient
from app.exchange.ngsp.calling import Caller
from app.exchange.ngsp.catalogues import catalogues_of
from app.exchange.ngsp.civil_status import (
    FIRST,
    LINKED,
    CivilStatusClient,
    FirstClient,
    LinkedClient,
)
from app.exchange.ngsp.connecting import Connecting
from app.exchange.ngsp.enterprises import SERVICE as ENTERPRISES
from app.exchange.ngsp.enterprises import EnterpriseClient
from app.exchange.ngsp.insurance import SERVICE as INSURANCE
from app.exchange.ngsp.insurance import InsuranceClient, States
from app.exchange.ngsp.licences import licences_of
from app.exchange.ngsp.postal import postal_of
from app.exchange.ngsp.vehicles import vehicles_of
from app.lookups.sync.businesses import BusinessDesk
from app.lookups.sync.catalogues import CatalogueDesk
from app.lookups.sync.citizens import CitizenDesk
from app.lookups.sync.civil_status import CivilStatusDesk
from app.lookups.sync.insurance import InsuranceDesk
from app.lookups.sync.postal import PostalDesk
from app.lookups.sync.transport import LicenceDesk, VehicleDesk
from app.platform.clock import Clock
from app.platform.settings import Settings


@dataclass(frozen=True, slots=True)
class Desk:
    """Who is asked about what; None where nobody is connected."""

    businesses: BusinessDesk | None = None
    citizens: CitizenDesk | None = None
    civil_status: CivilStatusDesk | None = None
    insurance: InsuranceDesk | None = None
    catalogues: CatalogueDesk | None = None
    postal: PostalDesk | None = None
    licences: LicenceDesk | None = None
    vehicles: VehicleDesk | None = None


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
    certificates = BusinessClient(caller, settings.context_of(CERTIFICATES))
    generation = settings.ngsp_enterprises_generation
    return Desk(
        BusinessDesk(register, certificates, generation),
        citizens,
        CivilStatusDesk(_civil_status(settings, caller)),
        InsuranceDesk(_insurance(settings, caller)),
        CatalogueDesk(catalogues_of(settings, caller)),
        _postal(settings, caller),
        _licences(settings, http),
        _vehicles(settings, caller),
    )


def _civil_status(settings: Settings, caller: Caller) -> CivilStatusClient:
    if settings.ngsp_civil_status_generation == 1:
        return FirstClient(caller, settings.context_of(FIRST))
    return LinkedClient(caller, settings.context_of(LINKED), settings.province)


def _licences(settings: Settings, http: httpx.AsyncClient) -> LicenceDesk | None:
    client = licences_of(settings, http)
    return None if client is None else LicenceDesk(client)


def _vehicles(settings: Settings, caller: Caller) -> VehicleDesk | None:
    client = vehicles_of(settings, caller)
    return None if client is None else VehicleDesk(client)


def _postal(settings: Settings, caller: Caller) -> PostalDesk | None:
    client = postal_of(settings, caller)
    return None if client is None else PostalDesk(client)


def _insurance(settings: Settings, caller: Caller) -> InsuranceClient:
    states = States(settings.insurance_found_states, settings.insurance_none_states)
    return InsuranceClient(caller, settings.context_of(INSURANCE), states)
