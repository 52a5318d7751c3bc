"""A gateway that knows the sample's catalogue, and clients of its members."""

import pytest

from tests.builders import seed_catalogue
from tests.gateway import Api, Gateway


@pytest.fixture
def province(gateway: Gateway) -> Api:
    """A client of the whole province H38, with every scope."""
    seed_catalogue(gateway)
    return gateway.client("H38")


@pytest.fixture
def stranger(gateway: Gateway, province: Api) -> Api:
    """A client of another province."""
    assert province
    return gateway.client("H53")
