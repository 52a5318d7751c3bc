"""Setting up: migrations, keys, settings, the check-up, the API description."""

import asyncio
import os
from pathlib import Path
from typing import Annotated

import typer
import yaml

from app.access.tokens import new_key_pem
from app.catalogue.use_cases import seed_if_empty
from app.cli.acting import act, open_from
from app.cli.checkup import check_up
from app.cli.failing import CommandError, read_settings
from app.cli.printing import console, print_json, print_rows
from app.evidence.domain import SystemActor
from app.main import describe
from app.platform.clock import SystemClock
from app.platform.migration import migrate as bring_up
from app.platform.settings import Settings, setting_name

JsonFlag = Annotated[bool, typer.Option("--json", help="One line of JSON instead of a table.")]


def migrate(
    *, seed: Annotated[bool, typer.Option(help="Fill an empty catalogue with the seed.")] = True
) -> None:
    """Nâng cấp cơ sở dữ liệu. / Bring the database to the newest revision."""
    settings = read_settings()

    async def run() -> None:
        async with open_from(settings) as database:
            await bring_up(database)

    asyncio.run(run())
    if seed:
        administrator = SystemActor("system:administrator", settings.province)
        act(settings, seed_if_empty, SystemClock(), administrator)
    typer.echo("migrated")


def settings(*, as_json: JsonFlag = False) -> None:
    """Liệt kê các thiết lập. / List every LGSP_ setting with its meaning."""
    rows = [
        {
            "name": setting_name(name),
            "default": None if field.is_required() else _shown(field.default),
            "meaning": field.description,
        }
        for name, field in Settings.model_fields.items()
    ]
    if as_json:
        print_json(rows)
    else:
        print_rows(("name", "default", "meaning"), rows)


def _shown(default: object) -> str | None:
    return None if default is None else str(default)


def key(
    file: Annotated[Path, typer.Argument(help="Where to write the new key; must not exist.")],
) -> None:
    """Tạo khoá ký mã truy cập. / Make an ES256 signing key, readable by its owner only."""
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise CommandError(f"cannot write {file}: {error.strerror}") from error
    with os.fdopen(handle, "wb") as output:
        output.write(new_key_pem())
    typer.echo(str(file))


def openapi(
    output: Annotated[
        Path | None, typer.Option(help="File to write; standard output if none.")
    ] = None,
) -> None:
    """In mô tả OpenAPI. / Print the OpenAPI document in YAML."""
    text = yaml.safe_dump(describe(), allow_unicode=True, sort_keys=False, width=100)
    if output is None:
        typer.echo(text, nl=False)
    else:
        output.write_text(text, encoding="utf-8")


def doctor(*, as_json: JsonFlag = False) -> None:
    """Khám hệ thống. / Check settings, database, national side, clock and disk."""
    findings = asyncio.run(check_up(read_settings()))
    rows = [{"check": found.check, "ok": found.ok, "finding": found.finding} for found in findings]
    if as_json:
        print_json(rows)
    else:
        for found in findings:
            mark = "[green]ok[/green]  " if found.ok else "[red]FAIL[/red]"
            console.print(f"{mark} {found.check}: {found.finding}")
    if not all(found.ok for found in findings):
        raise typer.Exit(1)
