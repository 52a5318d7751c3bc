"""A province with a filled catalogue and a receiver on loopback."""

from collections.abc import Iterator

import pytest

from app.platform.settings import Settings
from tests.builders import seed_catalogue
from tests.facades.destination import serving
from tests.gateway import Gateway
from tests.webhooks.office import Office


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"webhook_private_targets": True})


@pytest.fixture
def office(gateway: Gateway) -> Iterator[Office]:
    seed_catalogue(gateway)
    with serving() as service:
        yield Office(gateway, gateway.client("H38"), service)
