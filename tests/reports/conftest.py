import pytest

from tests.builders import seed_catalogue
from tests.gateway import Api, Gateway


@pytest.fixture
def province(gateway: Gateway) -> Api:
    seed_catalogue(gateway)
    return gateway.client("H38")


@pytest.fixture
def unit(gateway: Gateway, province: Api) -> Api:
    del province
    return gateway.client("H38.11")
