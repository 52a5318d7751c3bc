"""A gateway with its catalogue, and a nation whose services answer."""

from pathlib import Path

import pytest

from tests.builders import seed_catalogue
from tests.gateway import Api, Gateway
from tests.lookups.nation import Nation


@pytest.fixture
def province(gateway: Gateway) -> Api:
    seed_catalogue(gateway)
    return gateway.client("H38")


@pytest.fixture
def nation(gateway: Gateway, tmp_path: Path) -> Nation:
    return Nation(gateway, tmp_path).connect()
