"""A gateway of H38 that knows the sample's catalogue, and clients of its members and others."""

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from app.main import create_app
from app.platform.clock import FrozenClock
from app.platform.settings import Settings
from mock_ngsp.universe import Universe
from tests.builders import seed_catalogue
from tests.documents.axis import Connected
from tests.engines import Engines
from tests.gateway import Api, Gateway


@pytest.fixture
def knowing(gateway: Gateway) -> Gateway:
    """The gateway, with its catalogue filled."""
    seed_catalogue(gateway)
    return gateway


@pytest.fixture
def province(knowing: Gateway) -> Api:
    """A client of the whole province H38, with every scope."""
    return knowing.client("H38")


@pytest.fixture
def sender(knowing: Gateway) -> Api:
    """A client of the agency that sends the sample."""
    return knowing.client("H38.12")


@pytest.fixture
def commune(knowing: Gateway) -> Api:
    """A client of a commune of the same province."""
    return knowing.client("H38.61")


@pytest.fixture
def stranger(knowing: Gateway) -> Api:
    """A client of another province."""
    return knowing.client("H53")


@pytest.fixture
def universe() -> Universe:
    return Universe()


@pytest.fixture
def home(knowing: Gateway, universe: Universe) -> Connected:
    """The gateway, connected to the axis as H38."""
    return Connected(knowing, universe)


@pytest.fixture
def away(
    engines: Engines, engine: str, settings: Settings, clock: FrozenClock, universe: Universe
) -> Iterator[Connected]:
    """Another province's gateway, with a database of its own, connected as H53."""
    changes = {"database_url": engines.migrated(engine), "province": "H53"}
    none: dict[str, tuple[str, ...]] = {"other_members": (), "vxp_systems": ()}
    changed = settings.model_copy(update=changes | none)
    with TestClient(create_app(changed, clock=clock), raise_server_exceptions=False) as http:
        gateway = Gateway(http, changed, clock)
        seed_catalogue(gateway)
        yield Connected(gateway, universe)
