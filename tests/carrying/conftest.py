"""A gateway that may call services on loopback."""

from pathlib import Path

import pytest

from app.platform.sealing import new_sealing_key
from app.platform.settings import Settings
from tests.builders import seed_catalogue
from tests.gateway import Gateway


@pytest.fixture(scope="session")
def encryption_key_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("keys") / "encryption.key"
    file.write_text(new_sealing_key())
    return file


@pytest.fixture
def settings(settings: Settings, encryption_key_file: Path) -> Settings:
    changes = {
        "encryption_key_file": encryption_key_file,
        "upstream_networks": ("127.0.0.0/8",),
        "broker_register_seconds": 0.0,
    }
    return settings.model_copy(update=changes)


@pytest.fixture
def knowing(gateway: Gateway) -> Gateway:
    seed_catalogue(gateway)
    return gateway
