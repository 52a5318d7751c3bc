"""`lgsp notices …` as an administrator runs it."""

from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection

from app.dossiers import store as dossiers
from app.notices.domain.notices import OWNER, Kind, Notice
from app.notices.store import notices
from tests.builders import a_held_dossier
from tests.cli.shell import Shell
from tests.gateway import transact

NOW = datetime(2026, 11, 2, 2, tzinfo=UTC)


def note(connection: Connection) -> None:
    dossier = a_held_dossier()
    dossiers.add(connection, dossier, {})
    agency = dossier.filing.agency.code
    notice = Notice("n-1", dossier.code, agency, Kind.RESULT, OWNER, 1, {}, NOW, NOW)
    notices.add(connection, notice)


def test_notices_are_listed(tmp_path: Path) -> None:
    shell = Shell(tmp_path).inside
    shell.ok("key", shell.env["LGSP_SIGNING_KEY_FILE"])
    shell.ok("migrate")
    transact(shell.env["LGSP_DATABASE_URL"], note)
    (row,) = shell.json("notices", "list")
    assert (row["notice_id"], row["kind"], row["state"]) == ("n-1", "result", "owed")
    assert shell.json("notices", "list", "--dossier", "H38.12-261102-0009") == []
    assert "result" in shell.ok("notices", "list")
    shell.env["LGSP_ENCRYPTION_KEY_FILE"] = str(tmp_path / "encryption.key")
    shell.ok("key", shell.env["LGSP_ENCRYPTION_KEY_FILE"], "--kind", "encryption")
    for command in ("notices", "land-system"):
        assert shell.ok(command, "reseal") == "0 resealed\n"
