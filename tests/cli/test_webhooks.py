"""`lgsp webhooks …` as an administrator runs it."""

from pathlib import Path

import pytest

from app.access.domain import Caller, Scope
from app.codes import AgencyCode
from app.platform.clock import SystemClock
from app.platform.sealing import sealer_of
from app.platform.settings import Settings
from app.webhooks.use_cases.subscribing import Wanted, close, subscribe
from tests.cli.shell import Shell
from tests.gateway import transact


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    made = Shell(tmp_path).inside
    made.env["LGSP_ENCRYPTION_KEY_FILE"] = str(tmp_path / "encryption.key")
    made.ok("key", made.env["LGSP_ENCRYPTION_KEY_FILE"], "--kind", "encryption")
    made.ok("key", made.env["LGSP_SIGNING_KEY_FILE"])
    made.ok("migrate")
    return made


def subscribed(shell: Shell) -> tuple[Caller, str]:
    settings = Settings(encryption_key_file=Path(shell.env["LGSP_ENCRYPTION_KEY_FILE"]))
    caller = Caller("client", AgencyCode("H38"), frozenset(Scope), "request")
    wanted = Wanted("https://a.example.vn/", ("*",), "Thử", "0" * 64)
    url = shell.env["LGSP_DATABASE_URL"]
    made = transact(url, subscribe, SystemClock(), caller, sealer_of(settings), wanted=wanted)  # type: ignore[arg-type]
    return caller, made.webhook_id


def test_webhooks_are_listed_enabled_and_sealed_anew(shell: Shell, tmp_path: Path) -> None:
    caller, webhook = subscribed(shell)
    (row,) = shell.json("webhooks", "list")
    assert (row["webhook_id"], row["member"], row["state"]) == (webhook, "H38", "active")
    assert "active" in shell.ok("webhooks", "list")
    assert "enabled" in shell.ok("webhooks", "enable", webhook)
    former, new = shell.env["LGSP_ENCRYPTION_KEY_FILE"], str(tmp_path / "new.key")
    shell.ok("key", new, "--kind", "encryption")
    doctor = shell.run("doctor", "--json", LGSP_ENCRYPTION_KEY_FILE=new).stdout
    assert webhook in doctor
    assert shell.run("webhooks", "reseal", LGSP_ENCRYPTION_KEY_FILE=new).returncode == 1
    both = {"LGSP_ENCRYPTION_KEY_FILE": new, "LGSP_PREVIOUS_ENCRYPTION_KEY_FILE": former}
    assert shell.run("webhooks", "reseal", **both).stdout == "1 resealed\n"
    url = shell.env["LGSP_DATABASE_URL"]
    transact(url, close, SystemClock(), caller, "0" * 64, webhook_id=webhook)
    assert shell.run("webhooks", "enable", webhook).returncode == 1


def test_an_unknown_webhook_is_not_enabled(shell: Shell) -> None:
    assert shell.run("webhooks", "enable", "nothing").returncode == 1
