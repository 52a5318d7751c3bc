"""What `lgsp doctor` finds of what is kept sealed, and of what services name."""

import asyncio
import hashlib
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from sqlalchemy import Connection, Table, insert

import app.main  # noqa: F401 -- the whole program with all its tables
from app.broker.domain.credentials import CredentialKind
from app.broker.use_cases import credentials
from app.cli.checkup import Finding, check_up
from app.errands.tables import tax_vouchers
from app.notices.tables import followers, owner_users
from app.platform.sealed_under import sealed_columns
from app.platform.sealing import Sealer, sealer_of
from app.platform.settings import Settings
from tests.acting import staged
from tests.broker.shared import published
from tests.builders import seed_catalogue
from tests.cli.shell import ROOT, Shell
from tests.gateway import Gateway

LOST = b"3" * 32
LOST_ID = hashlib.sha256(LOST).digest()[:4].hex()
KEY, SERVICES = "LGSP_ENCRYPTION_KEY_FILE", "services"
SEALED = {
    "systems.secret",
    "systems.former_secret",
    "broker_credentials.secret",
    "webhooks.secret",
    "webhooks.former_secret",
    "messaging_tokens.access_token",
    "messaging_tokens.refresh_token",
    "notice_followers.sealed",
    "notice_owner_users.sealed",
    "tax_vouchers.sealed",
}


@pytest.fixture
def dossier(gateway: Gateway) -> str:
    seed_catalogue(gateway)
    return staged(gateway.client("H38"), "acceptance")


def finding(settings: Settings, check: str) -> Finding:
    found = asyncio.run(check_up(settings))
    return next(one for one in found if one.check == check)


def add(gateway: Gateway, table: Table, **values: Any) -> None:
    def act(connection: Connection) -> None:
        connection.execute(insert(table).values(**values))

    gateway.transact(act)


def keep_follower(gateway: Gateway, dossier: str, name: str, sealed: bytes) -> None:
    now = gateway.clock.now()
    add(
        gateway, followers, follower_id=name, dossier=dossier, channel="sms", sealed=sealed,
        recipient="84…22", code_until=now, tries=0, created_at=now,
    )  # fmt: skip


def keep_voucher(gateway: Gateway, dossier: str, sealed: bytes) -> None:
    now = gateway.clock.now()
    add(
        gateway, tax_vouchers, id="voucher", identity="voucher", dossier=dossier, word="payment",
        notice="TB-1", source="", status="1", is_paid=True, result="", sealed=sealed, noted_at=now,
    )  # fmt: skip


def test_every_column_of_sealed_values_is_looked_at() -> None:
    assert {str(column) for column in sealed_columns()} == SEALED
    alone = (
        "import app.cli.checkup; from app.platform.sealed_under import sealed_columns; "
        "print(*sealed_columns())"
    )
    found = subprocess.run(  # noqa: S603 -- our own program, with what the doctor loads
        [sys.executable, "-c", alone], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert set(found.stdout.split()) == SEALED


def test_it_is_content_with_a_fresh_set_up_in_a_process_of_its_own(tmp_path: Path) -> None:
    shell = Shell(tmp_path)
    shell.ok("key", shell.env["LGSP_SIGNING_KEY_FILE"])
    shell.ok("migrate")
    assert all(row["ok"] for row in shell.json("doctor"))


def test_the_key_that_is_missing_is_named_with_what_it_sealed(
    gateway: Gateway, dossier: str
) -> None:
    present = sealer_of(gateway.settings)
    assert present is not None
    sealed = [one.seal(SecretStr("x"), about="y") for one in (present, Sealer(LOST))]
    keep_follower(gateway, dossier, "one", sealed[0])
    assert finding(gateway.settings, KEY).ok
    keep_follower(gateway, dossier, "two", sealed[1])
    keep_follower(gateway, dossier, "three", sealed[1])
    keep_voucher(gateway, dossier, sealed[1])
    wiped = {"sealed": b"", "recipient": "…", "kept_at": gateway.clock.now()}
    add(gateway, owner_users, dossier=dossier, **wiped)
    found = finding(gateway.settings, KEY)
    assert not found.ok
    assert f"key {LOST_ID} is missing: 2 of notice_followers.sealed" in found.finding
    assert f"key {LOST_ID} is missing: 1 of tax_vouchers.sealed" in found.finding
    assert found.finding.count("missing") == 2


def test_what_is_sealed_wants_a_key_to_be_set(gateway: Gateway, dossier: str) -> None:
    without = gateway.settings.model_copy(update={"encryption_key_file": None})
    assert finding(without, KEY).ok
    keep_voucher(gateway, dossier, Sealer(LOST).seal(SecretStr("x"), about="y"))
    assert LOST_ID in finding(without, KEY).finding


def test_a_former_key_counts_as_present(gateway: Gateway, dossier: str, tmp_path: Path) -> None:
    file = tmp_path / "former.key"
    file.write_text("MzMzMzMzMzMzMzMzMzMzMzMzMzMzMzMzMzMzMzMzMzM")
    keep_voucher(gateway, dossier, Sealer(LOST).seal(SecretStr("x"), about="y"))
    assert not finding(gateway.settings, KEY).ok
    both = gateway.settings.model_copy(update={"previous_encryption_key_file": file})
    assert finding(both, KEY).ok


def test_a_service_whose_credential_is_not_kept_is_named(gateway: Gateway) -> None:
    seed_catalogue(gateway)
    keeper = gateway.client("H38")
    upstreams = [
        {"url": "https://a.example.vn", "credential": "kept"},
        {"url": "https://b.example.vn"},
    ]
    published(keeper, upstreams=upstreams, credential="lost")
    found = finding(gateway.settings, SERVICES)
    assert (found.ok, "land/1.0: kept, lost" in found.finding) == (False, True)
    sealer = sealer_of(gateway.settings)
    assert sealer is not None
    for name in ("kept", "lost"):
        asked = credentials.Keeping(name, CredentialKind.HEADER, {"header": "X-Key"})
        gateway.transact(
            credentials.keep, gateway.clock, sealer, asked=asked, secret=SecretStr("x")
        )
        assert finding(gateway.settings, SERVICES).ok is (name == "lost")
    gateway.transact(credentials.close, gateway.clock, name="kept")
    assert "land/1.0: kept" in finding(gateway.settings, SERVICES).finding
