from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from app.catalogue.use_cases import load_seed
from app.evidence.domain import SystemActor
from app.platform.clock import SystemClock
from tests.broker.pair import Pair, add_consumer
from tests.builders import seed_catalogue
from tests.gateway import Api, Gateway, transact


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


@pytest.fixture
def pair(database_url: str, signing_key_file: Path, tmp_path: Path) -> Iterator[Pair]:
    """Two gateway processes over one database with a filled catalogue."""
    transact(database_url, load_seed, SystemClock(), SystemActor("system:test", ""))
    transact(database_url, add_consumer)
    with ExitStack() as stack:
        yield Pair(stack, tmp_path, database_url, signing_key_file)
