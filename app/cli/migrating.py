"""`lgsp migrate`."""

import asyncio
from typing import Annotated

import typer

from app.catalogue.use_cases import seed_if_empty
from app.cli.acting import act, open_from, reaching
from app.cli.failing import read_settings
from app.evidence.domain import SystemActor
from app.platform.clock import SystemClock
from app.platform.migration import migrate as bring_up


def migrate(
    *, seed: Annotated[bool, typer.Option(help="Fill an empty catalogue with the seed.")] = True
) -> None:
    """Nâng cấp cơ sở dữ liệu. / Bring the database to the newest revision."""
    settings = read_settings()

    async def run() -> None:
        async with open_from(settings) as database:
            await bring_up(database)

    with reaching("is it reachable, and does its folder exist?"):
        asyncio.run(run())
    if seed:
        administrator = SystemActor("system:administrator", settings.province)
        act(settings, seed_if_empty, SystemClock(), administrator)
    typer.echo("migrated")
