import pytest

from tests.builders import seed_catalogue
from tests.gateway import Api, Gateway


@pytest.fixture
def province(gateway: Gateway) -> Gateway:
    """A gateway with a filled catalogue."""
    seed_catalogue(gateway)
    return gateway


@pytest.fixture
def keeper(province: Gateway) -> Api:
    """A client of the whole province with every scope."""
    return province.client("H38")


@pytest.fixture
def windows(request: pytest.FixtureRequest) -> int:
    return int(request.config.getoption("--windows"))
