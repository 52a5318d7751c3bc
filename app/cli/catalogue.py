"""`lgsp catalogue …`: members and procedures from a file, or from the nation."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from app.catalogue.domain import Counts
from app.catalogue.schemas import read_catalogue
from app.catalogue.use_cases import import_catalogue
from app.cli.acting import act
from app.cli.failing import FileRefusedError, read_settings
from app.cli.printing import JsonFlag, console, print_json
from app.cli.syncing import app as syncing
from app.evidence.domain import SystemActor
from app.platform.clock import SystemClock
from app.platform.errors import ProblemError

app = typer.Typer(help="Danh mục dùng chung. / The catalogue.", no_args_is_help=True)
app.add_typer(syncing, name="sync")


@app.callback()
def catalogue() -> None:
    """Danh mục dùng chung. / The catalogue."""


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True)],
    *,
    as_json: JsonFlag = False,
) -> None:
    """Nạp danh mục từ tệp JSON. / Take over {members, procedures} of a file; deletes nothing."""
    settings = read_settings()
    actor = SystemActor("system:administrator", settings.province)
    try:
        parsed = read_catalogue(file.read_bytes())
        done = act(settings, import_catalogue, SystemClock(), actor, parsed)
    except ProblemError as problem:
        raise FileRefusedError(file, problem) from problem
    if as_json:
        print_json({"members": asdict(done.members), "procedures": asdict(done.procedures)})
    else:
        console.print(f"members     {_told(done.members)}\nprocedures  {_told(done.procedures)}")


def _told(counts: Counts) -> str:
    return f"{counts.new} new, {counts.changed} changed, {counts.unchanged} unchanged"
