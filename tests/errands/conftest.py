"""A gateway with its catalogue, and services of the nation that take errands."""

from pathlib import Path

import pytest

from tests.builders import seed_catalogue
from tests.errands.post_office import Errands
from tests.gateway import Api, Gateway


@pytest.fixture
def province(gateway: Gateway) -> Api:
    seed_catalogue(gateway)
    return gateway.client("H38")


@pytest.fixture
def errands(gateway: Gateway, tmp_path: Path) -> Errands:
    return Errands(gateway, tmp_path)
