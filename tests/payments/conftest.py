"""A gateway with its catalogue, connected to the payment platform."""

import pytest

from tests.builders import seed_catalogue
from tests.gateway import Api, Gateway
from tests.payments.platform import Platform


@pytest.fixture
def province(gateway: Gateway) -> Api:
    seed_catalogue(gateway)
    return gateway.client("H38")


@pytest.fixture
def platform(gateway: Gateway, province: Api) -> Platform:
    return Platform(gateway, province).connect()
