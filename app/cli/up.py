"""`lgsp up`: gateway, worker and the pretend nation, until interrupted."""

import signal
import tempfile
import threading
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated

import typer

from app.cli.failing import CommandError
from app.cli.printing import JsonFlag, console, print_json
from app.cli.processes import Processes
from app.cli.staging import (
    Province,
    found_nation,
    settle_province,
    start_gateway,
    start_worker,
)

_CODES = ("H38", "H53", "G22")


def up(
    *,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Of the API; 0: a free one.")] = 8080,
    mock_port: Annotated[int, typer.Option(min=0, max=65535, help="Of the mock.")] = 0,
    data_dir: Annotated[Path | None, typer.Option(help="Kept; a temporary one if none.")] = None,
    database_url: Annotated[
        str | None, typer.Option(help="SQLite in the data folder if none.")
    ] = None,
    as_json: JsonFlag = False,
) -> None:
    """Bật cả bộ để thử. / Run gateway, worker and mock nation together, until interrupted."""
    ending = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ending.set())
    with ExitStack() as stack:
        folder = data_dir or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="lgsp-")))
        folder.mkdir(parents=True, exist_ok=True)
        processes = stack.enter_context(Processes(folder))
        nation = found_nation(processes, folder, _CODES, port=mock_port)
        province = settle_province(folder, nation, "H38", port=port, database_url=database_url)
        start_gateway(processes, province)
        start_worker(processes, province)
        for name in ("gateway-H38", "worker-H38"):
            processes[name].wait_ready()
        _show(province, nation.url, processes.pids(), as_json=as_json)
        while not ending.wait(0.5):
            if (gone := processes.ended()) is not None:
                raise CommandError(f"{gone} ended by itself; see {folder / gone}.log")


def _show(province: Province, mock: str, pids: dict[str, int], *, as_json: bool) -> None:
    curl = (
        f"curl -s -u {province.client_id}:{province.client_secret} "
        f"-d grant_type=client_credentials {province.url}/oauth2/token"
    )
    facts = {
        "api": province.url,
        "docs": f"{province.url}/docs",
        "traffic": f"{province.url}/van-hanh",
        "openapi": f"{province.url}/openapi.json",
        "mock": mock,
        "client_id": province.client_id,
        "client_secret": province.client_secret,
        "curl": curl,
        "pids": pids,
    }
    if as_json:
        print_json(facts)
        return
    for name, value in facts.items():
        console.print(f"[bold]{name:>14}[/bold]  {value}", soft_wrap=True)
    console.print("Ctrl-C để dừng. / Ctrl-C ends it.")
