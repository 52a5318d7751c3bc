"""A gateway of H38 with its catalogue, and document systems that speak the axis's wire to it."""

from pathlib import Path

import pytest

from app.platform.sealing import new_sealing_key
from app.platform.settings import Settings
from tests.builders import seed_catalogue
from tests.facades.systems import Systems
from tests.gateway import Gateway


@pytest.fixture(scope="session")
def encryption_key_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("keys") / "encryption.key"
    file.write_text(new_sealing_key())
    return file


@pytest.fixture
def settings(settings: Settings, encryption_key_file: Path) -> Settings:
    return settings.model_copy(update={"encryption_key_file": encryption_key_file})


@pytest.fixture
def knowing(gateway: Gateway) -> Gateway:
    seed_catalogue(gateway)
    return gateway


@pytest.fixture
def systems(knowing: Gateway) -> Systems:
    return Systems(knowing)
