"""A gateway that knows the sample's catalogue, and a client of its province."""

import pytest

from tests.builders import seed_catalogue
from tests.gateway import Api, Gateway


@pytest.fixture
def province(gateway: Gateway) -> Api:
    seed_catalogue(gateway)
    return gateway.client("H38")
