"""A gateway of H38 with its catalogue, and systems that speak their wires to it."""

import pytest

from app.codes import AgencyCode
from app.facades.land.use_cases.systems import register
from tests.builders import seed_catalogue
from tests.facades.land_system import CODE, Land
from tests.facades.systems import Systems
from tests.gateway import Api, Gateway


@pytest.fixture
def knowing(gateway: Gateway) -> Gateway:
    seed_catalogue(gateway)
    return gateway


@pytest.fixture
def systems(knowing: Gateway) -> Systems:
    return Systems(knowing)


@pytest.fixture
def api(knowing: Gateway) -> Api:
    return knowing.client("H38")


@pytest.fixture
def land(gateway: Gateway) -> Land:
    member = AgencyCode("H38")
    gateway.transact(register, gateway.clock, name="vbdlis", member=member, code=CODE)
    return Land(gateway)
