"""A mock nation of its own, and a province's gateway, as processes; a provincial system at each."""

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from app.cli.acting import act
from app.cli.staging import write_secret
from app.facades.dvcqg.use_cases import accounts
from app.platform.clock import SystemClock
from app.platform.settings import Settings
from mock_ngsp.systems import DEFAULT_PASSWORD, DEFAULT_USER
from tests.e2e.stage import MakeStage, Stage, make_stage
from tests.mock_ngsp.running import running
from tests.wires.dvcqg_client import Provincial

__all__ = ["make_stage"]

PUSH_SECRET = "khoa-chung-voi-cong"
USERNAME, PASSWORD = "mot-cua-h38", "mat-khau-cu-cua-mot-cua"


def system_at(url: str) -> Provincial:
    address = urlsplit(url)
    assert address.hostname is not None
    assert address.port is not None
    return Provincial(address.hostname, address.port)


@pytest.fixture
def at_the_nation() -> Iterator[Provincial]:
    """A system that speaks to the portal itself."""
    with running() as mock:
        system = system_at(mock.url)
        system.login(DEFAULT_USER, DEFAULT_PASSWORD)
        system.sent.clear()
        yield system


@pytest.fixture
def stage(make_stage: MakeStage, tmp_path: Path) -> Stage:
    """A province whose gateway takes what the nation sends down."""
    file = write_secret(tmp_path / "push-secret", PUSH_SECRET)
    mapped = json.dumps({"2.900001": "H38.12"})
    return make_stage(dvcqg_push_secret_file=str(file), promotion_agencies=mapped)


@pytest.fixture
def at_the_facade(stage: Stage) -> Provincial:
    """The same system at the province's gateway, with the name and password it always had."""
    settings = Settings(database_url=stage.province.env["LGSP_DATABASE_URL"])
    act(
        settings,
        accounts.register,
        SystemClock(),
        username=USERNAME,
        client_id=stage.province.client_id,
        password=PASSWORD,
    )
    system = system_at(stage.province.url)
    assert system.login(USERNAME, PASSWORD).error_code == 0
    system.sent.clear()
    return system
