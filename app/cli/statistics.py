"""`lgsp statistics …`: the summaries of dossiers, counted anew."""

import asyncio
from dataclasses import asdict, dataclass
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from app.cli.acting import open_from
from app.cli.failing import CommandError, read_settings
from app.cli.printing import JsonFlag, console, print_json
from app.dossiers.use_cases import rules_of
from app.dossiers.use_cases.recounting import compare_totals, mend_totals, recount_some
from app.evidence.domain import SystemActor
from app.platform.clock import SystemClock
from app.platform.database import Database, DatabaseUnavailableError
from app.platform.settings import Settings

app = typer.Typer(help="Số liệu thống kê. / Statistics.", no_args_is_help=True)


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """How many dossiers were looked at, and how many dossiers and totals were wrong."""

    dossiers: int
    wrong_dossiers: int
    wrong_totals: int


@app.callback()
def statistics() -> None:
    """Số liệu thống kê. / Statistics."""


@app.command("rebuild")
def rebuild(
    *,
    check: Annotated[
        bool, typer.Option("--check", help="Chỉ so sánh, không sửa. / Compare, change nothing.")
    ] = False,
    as_json: JsonFlag = False,
) -> None:
    """Tính lại số liệu từ lịch sử hồ sơ. / Count every dossier anew; --check fails on a difference.

    Acts go on meanwhile; only while the totals are written anew they wait.
    """
    settings = read_settings()
    try:
        done = asyncio.run(_rebuild(settings, is_check=check))
    except DatabaseUnavailableError as error:
        raise CommandError("the database of LGSP_DATABASE_URL cannot be used") from error
    if as_json:
        print_json(asdict(done))
    else:
        verb = "differ" if check else "mended"
        console.print(
            f"{done.dossiers} dossiers; {done.wrong_dossiers} dossiers and "
            f"{done.wrong_totals} totals {verb}"
        )
    if check and (done.wrong_dossiers or done.wrong_totals):
        raise typer.Exit(1)


async def _rebuild(settings: Settings, *, is_check: bool) -> Rebuilt:
    progress = Progress(console=Console(stderr=True), transient=True)
    async with open_from(settings) as database:
        with progress:
            looked_at, wrong = await _histories(database, settings, progress, is_check=is_check)
            task = progress.add_task("totals", total=looked_at)

            def tell(more: int) -> None:
                progress.advance(task, more)

            if is_check:
                totals = await database.read(compare_totals, tell)
            else:
                actor = SystemActor("system:administrator", settings.province)
                totals = await database.transact(mend_totals, SystemClock(), actor, tell)
    return Rebuilt(looked_at, wrong, totals)


async def _histories(
    database: Database, settings: Settings, progress: Progress, *, is_check: bool
) -> tuple[int, int]:
    rules, run = rules_of(settings), database.read if is_check else database.transact
    task = progress.add_task("dossiers", total=None)
    last, looked_at, wrong = 0, 0, 0
    while True:
        batch = await run(recount_some, rules, after=last, is_check=is_check)
        if not batch.looked_at:
            return looked_at, wrong
        last = batch.last
        looked_at += batch.looked_at
        wrong += batch.wrong
        progress.advance(task, batch.looked_at)
