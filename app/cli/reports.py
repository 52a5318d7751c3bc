"""`lgsp reports …`: forms of reports from a file."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from app.cli.acting import act
from app.cli.failing import FileRefusedError, read_settings
from app.cli.printing import JsonFlag, console, print_json, print_rows
from app.evidence.domain import SystemActor
from app.platform.clock import SystemClock
from app.platform.errors import ProblemError
from app.reports.domain.forms import Form
from app.reports.schemas.forms import read_forms
from app.reports.use_cases.forms import import_forms, list_forms

app = typer.Typer(help="Báo cáo định kỳ. / Reports.", no_args_is_help=True)


@app.callback()
def reports() -> None:
    """Báo cáo định kỳ. / Reports."""


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True)],
    *,
    as_json: JsonFlag = False,
) -> None:
    """Nạp biểu mẫu từ tệp JSON. / Take over {forms: […]} of a file: all of it or nothing."""
    settings = read_settings()
    actor = SystemActor("system:administrator", settings.province)
    try:
        digest, forms = read_forms(file.read_bytes())
        done = act(settings, import_forms, SystemClock(), actor, digest, forms)
    except ProblemError as problem:
        raise FileRefusedError(file, problem) from problem
    if as_json:
        print_json(asdict(done))
    else:
        console.print(f"{done.new} new, {done.unchanged} unchanged")


@app.command("list")
def list_(*, as_json: JsonFlag = False) -> None:
    """Các biểu mẫu đang dùng. / The forms in use, each in its last version."""
    rows = [_row(one) for one in act(read_settings(), list_forms)]
    if as_json:
        print_json(rows)
    else:
        print_rows(("code", "version", "cycle", "level", "since", "title"), rows)


def _row(form: Form) -> dict[str, str]:
    return {
        "code": form.code,
        "version": str(form.version),
        "cycle": form.cycle.value,
        "level": str(form.level),
        "since": form.since,
        "title": form.title.vi,
    }
