import pytest

from app.access.domain import Scope
from app.catalogue.use_cases import load_seed
from app.evidence.domain import SystemActor
from tests.gateway import Api, Gateway

ADMINISTRATOR = SystemActor("system:administrator", "H38")


@pytest.fixture
def seeded(gateway: Gateway) -> Gateway:
    gateway.transact(load_seed, gateway.clock, ADMINISTRATOR)
    return gateway


@pytest.fixture
def reader(seeded: Gateway) -> Api:
    return seeded.client("H38", Scope.READ_CATALOGUE)
