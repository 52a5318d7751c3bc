"""A province with a filled catalogue that sends SMS by the first shape."""

from pathlib import Path
from typing import Any

import pytest

from app.platform.settings import Settings
from mock_ngsp.messages import inbox
from mock_ngsp.messages.service import ADAPTER, BRAND, BULK, CITIZEN, OFFICIAL, TEMPLATE, TOKEN
from tests.builders import seed_catalogue
from tests.gateway import Gateway
from tests.notices.desk import NATION, Desk

ADDRESSES = {"dong_thap": CITIZEN, "vnpt": BRAND, "viettel": BULK, "province": ADAPTER}


def written(folder: Path, name: str, secret: str) -> Path:
    file = folder / name
    file.write_text(secret)
    return file


def sms(folder: Path, shape: str = "dong_thap") -> dict[str, Any]:
    """Return the settings of one shape of SMS."""
    has_bearer = shape in {"dong_thap", "province"}
    secret = inbox.BEARER if has_bearer else inbox.PASSWORD
    return {
        "sms_url": f"{NATION}{ADDRESSES[shape]}",
        "sms_shape": shape,
        "sms_account": "" if has_bearer else inbox.USER,
        "sms_secret_file": written(folder, "sms", secret),
        "sms_agent": "LGSP",
        "sms_contract": "1",
        "sms_template": "1",
    }


def zalo(folder: Path) -> dict[str, Any]:
    """Return the settings of Zalo."""
    names = ("progress", "supplement", "result", "apology", "confirm")
    return {
        "zalo_url": f"{NATION}{TEMPLATE}",
        "zalo_token_url": f"{NATION}{TOKEN}",
        "zalo_app_id": "1",
        "zalo_secret_file": written(folder, "zalo", inbox.ZALO_SECRET),
        "zalo_refresh_token_file": written(folder, "refresh", inbox.FIRST_REFRESH),
        "zalo_templates": {name: str(number) for number, name in enumerate(names, 1)},
    }


def official_account(folder: Path) -> dict[str, Any]:
    """Return the settings of Zalo by its Official Account alone."""
    return zalo(folder) | {"zalo_url": None, "zalo_oa_url": f"{NATION}{OFFICIAL}"}


@pytest.fixture
def settings(settings: Settings, tmp_path: Path) -> Settings:
    return settings.model_copy(update=sms(tmp_path))


@pytest.fixture
def desk(gateway: Gateway) -> Desk:
    seed_catalogue(gateway)
    return Desk(gateway, gateway.client("H38"))
