"""`lgsp dossiers …`: dossiers that are fetched from elsewhere."""

import asyncio
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from app.cli.acting import open_from
from app.cli.failing import SettingsError, read_settings
from app.cli.printing import JsonFlag, console, print_json
from app.connecting import ministry_pull_of
from app.dossiers.sync.pulling import Outcome, Told
from app.exchange.transport import build_client
from app.platform.clock import SystemClock
from app.platform.logging import configure_logging
from app.platform.settings import SecretFileError, Settings

app = typer.Typer(help="Hồ sơ từ nơi khác. / Dossiers from elsewhere.", no_args_is_help=True)


@app.callback()
def dossiers() -> None:
    """Hồ sơ từ nơi khác. / Dossiers from elsewhere."""


@app.command("pull")
def pull(
    since: Annotated[datetime, typer.Option("--from", formats=["%Y-%m-%d"], help="First day.")],
    until: Annotated[datetime, typer.Option("--to", formats=["%Y-%m-%d"], help="Last day.")],
    *,
    as_json: JsonFlag = False,
) -> None:
    """Lấy hồ sơ từ hệ thống của bộ. / Pull what a ministry's system received on some days."""
    if until < since:
        raise typer.BadParameter("not before --from", param_hint="--to")
    settings = read_settings()
    configure_logging("WARNING")
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("dossiers", total=None)
        found = asyncio.run(
            _pulled(
                settings,
                (since, until),
                lambda done, every: progress.update(task, completed=done, total=every),
            )
        )
    if as_json:
        print_json(asdict(found))
    else:
        for line in _lines(found):
            console.print(line, markup=False, highlight=False)


async def _pulled(settings: Settings, days: tuple[datetime, datetime], told: Told) -> Outcome:
    http = build_client(timeout=timedelta(seconds=settings.national_timeout_seconds))
    async with open_from(settings) as database, http:
        try:
            pull = ministry_pull_of(settings, SystemClock(), database, http)
        except (SecretFileError, ValueError) as error:
            raise SettingsError(str(error)) from error
        if pull is None:
            raise SettingsError(
                "LGSP_MINISTRY_URL, LGSP_MINISTRY_USERNAME and LGSP_MINISTRY_PASSWORD_FILE "
                "must be set"
            )
        return await pull.run(days[0].date(), days[1].date(), told)


def _lines(found: Outcome) -> Iterator[str]:
    yield from (f"? {code} ({why})" for code, why in found.skipped)
    yield (
        f"{found.new} new, {found.moved} moved, {found.unchanged} unchanged, "
        f"{len(found.skipped)} skipped"
    )
