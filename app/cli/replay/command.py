"""`lgsp replay`: its options, its stage, its exit code."""

import asyncio
import json
import tempfile
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Annotated, Final

import typer

from app.catalogue.schemas import read_catalogue
from app.catalogue.use_cases import import_catalogue
from app.cli.acting import act
from app.cli.printing import JsonFlag, print_json
from app.cli.processes import Processes
from app.cli.replay import province as units
from app.cli.replay.running import Replay, Wanted
from app.cli.replay.telling import show, teller_of
from app.cli.staging import (
    Province,
    found_nation,
    settle_province,
    start_gateway,
    start_worker,
)
from app.evidence.domain import SystemActor
from app.platform.clock import SystemClock
from app.platform.settings import Settings

_CODE: Final = "H38"
_START: Final = datetime(2026, 1, 5)  # noqa: DTZ001 -- a day; the option is read as a moment
_SETTINGS: Final = {
    "LGSP_LEASE_SECONDS": "6",
    "LGSP_NATIONAL_TIMEOUT_SECONDS": "5",
    "LGSP_RETRY_CAP_SECONDS": "2",
    "LGSP_PROCEDURES_SYNC_AT": "off",
    "LGSP_LOG_LEVEL": "WARNING",
}
"""A killed worker's messages wait until their lease is over: here that is soon."""


def replay(  # noqa: PLR0913 -- one parameter for each documented option
    *,
    dossiers: Annotated[int, typer.Option(min=1, max=1_000_000, help="How many.")] = 2000,
    seed: Annotated[int, typer.Option(help="The same seed plans the same histories.")] = 1,
    start: Annotated[
        datetime, typer.Option(formats=["%Y-%m-%d"], help="First day of the virtual clock.")
    ] = _START,
    clients: Annotated[int, typer.Option(min=1, max=256, help="Clients at once.")] = 16,
    portal_fails: Annotated[
        float, typer.Option(min=0, max=0.9, help="Share of the calls to the portal that fail.")
    ] = 0.0,
    kill_worker: Annotated[
        int, typer.Option(min=0, max=100, help="How often the worker is killed on the way.")
    ] = 0,
    database_url: Annotated[
        str | None, typer.Option(help="An empty database; SQLite in a temporary folder if none.")
    ] = None,
    as_json: JsonFlag = False,
) -> None:
    """Chạy lại ngày làm việc của cả tỉnh. / Replay a province's days; both sides must agree."""
    wanted = Wanted(dossiers, seed, start.date(), clients, portal_fails, kill_worker)
    teller = teller_of(as_json=as_json)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="lgsp-replay-")))
        processes = stack.enter_context(Processes(folder))
        teller.say("Khởi động / starting the nation, the gateway and its worker …")
        nation_url, province = set_stage(processes, folder, database_url)
        running = Replay(wanted, teller, processes, province)
        summary = asyncio.run(running.run(nation_url))
    if as_json:
        print_json(summary)
    else:
        show(summary)
    if not summary["ok"]:
        raise typer.Exit(1)


def set_stage(processes: Processes, folder: Path, database_url: str | None) -> tuple[str, Province]:
    """Start everybody, the one-stop units in the catalogue; return the nation's address too."""
    nation = found_nation(processes, folder, (_CODE,), settings=("sent-back=accept",))
    settled = settle_province(folder / _CODE, nation, _CODE, database_url=database_url)
    province = replace(settled, env={**settled.env, **_SETTINGS})
    settings = Settings(database_url=province.env["LGSP_DATABASE_URL"], province=_CODE)
    catalogue = read_catalogue(json.dumps(units.catalogue()).encode())
    actor = SystemActor("system:administrator", _CODE)
    act(settings, import_catalogue, SystemClock(), actor, catalogue)
    start_gateway(processes, province)
    start_worker(processes, province)
    for kind in ("gateway", "worker"):
        processes[f"{kind}-{_CODE}"].wait_ready()
    return nation.url, province
