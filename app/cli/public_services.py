"""`lgsp services …`: decisions on public services and lists of priorities from a file."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from app.cli.acting import act
from app.cli.failing import FileRefusedError, read_settings
from app.cli.printing import JsonFlag, console, print_json
from app.evidence.domain import SystemActor
from app.platform.clock import SystemClock
from app.platform.errors import ProblemError
from app.public_services.schemas.priorities import read_services
from app.public_services.use_cases.prioritising import import_services

app = typer.Typer(help="Dịch vụ công. / Public services.", no_args_is_help=True)


@app.callback()
def services() -> None:
    """Dịch vụ công. / Public services."""


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True)],
    *,
    as_json: JsonFlag = False,
) -> None:
    """Nạp từ tệp JSON. / Take over {decisions: […], priority_lists: […]}: all of it or nothing."""
    settings = read_settings()
    actor = SystemActor("system:administrator", settings.province)
    try:
        wishes, lists = read_services(file.read_bytes())
        done = act(settings, import_services, SystemClock(), actor, wishes, lists)
    except ProblemError as problem:
        raise FileRefusedError(file, problem) from problem
    if as_json:
        print_json(asdict(done))
    else:
        console.print(f"{done.new} new, {done.unchanged} unchanged")
