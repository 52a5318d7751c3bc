"""A gateway of H38 with its catalogue, and document systems that speak the axis's wire to it."""

import pytest

from tests.builders import seed_catalogue
from tests.facades.systems import Systems
from tests.gateway import Gateway


@pytest.fixture
def knowing(gateway: Gateway) -> Gateway:
    seed_catalogue(gateway)
    return gateway


@pytest.fixture
def systems(knowing: Gateway) -> Systems:
    return Systems(knowing)
