"""`lgsp statistics`, over a database with a dossier from before it was counted."""

from sqlalchemy import Connection, update

from app.dossiers import store
from app.dossiers.domain.dossier import first_step
from app.dossiers.store.progress import add_step
from app.dossiers.tables import dossiers
from tests.builders import a_held_dossier
from tests.cli.shell import Shell
from tests.gateway import transact


def _add_uncounted(connection: Connection) -> None:
    dossier = a_held_dossier()
    assert store.add(connection, dossier, {})
    connection.execute(update(dossiers).values(course=None, marks=None, is_open=None))
    add_step(connection, dossier.code, first_step(dossier.filing))


def test_a_rebuild_mends_what_a_check_finds(shell: Shell) -> None:
    transact(shell.env["LGSP_DATABASE_URL"], _add_uncounted)
    checked = shell.run("statistics", "rebuild", "--check", "--json")
    assert checked.returncode == 1
    assert '"wrong_dossiers": 1' in checked.stdout
    mended = shell.json("statistics", "rebuild")
    assert mended == {"dossiers": 1, "wrong_dossiers": 1, "wrong_totals": 0}
    assert shell.json("statistics", "rebuild", "--check")["wrong_dossiers"] == 0
    assert "1 dossiers" in shell.ok("statistics", "rebuild")
