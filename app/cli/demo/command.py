"""Setting up the demo and running the journey."""

import tempfile
from collections.abc import Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Annotated

import typer

from app.cli.demo.hop import Hop, HopError
from app.cli.demo.journey import Journey
from app.cli.demo.parties import Hub, Nation
from app.cli.demo.telling import Storyteller, Teller
from app.cli.failing import CommandError
from app.cli.printing import JsonFlag
from app.cli.processes import Processes
from app.cli.staging import found_nation, settle_province, start_gateway, start_worker

MESSAGES = Path(__file__).resolve().parents[3] / "openapi" / "messages"
HOME, AWAY = "H38", "H53"
START = "start"
_CODES = (HOME, AWAY, "G22")
_Existing = typer.Option(exists=True, dir_okay=False, readable=True)


def demo(
    *,
    dossier: Annotated[Path, _Existing] = MESSAGES / "dossier.json",
    document: Annotated[Path, _Existing] = MESSAGES / "edoc_new.edxml",
    patience: Annotated[float, typer.Option(min=1, help="Seconds each hop may take.")] = 30,
    as_json: JsonFlag = False,
) -> None:
    """Chạy thử toàn tuyến. / Send a dossier and a document all the way and back."""
    teller: Teller = Teller() if as_json else Storyteller()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="lgsp-demo-")))
        processes = stack.enter_context(Processes(folder))
        failed: str | None
        try:
            with teller.during("Khởi động / starting the nation, two gateways and their workers"):
                journey = set_out(stack, processes, folder, (dossier, document), patience)
        except CommandError as error:
            failed, parties = START, {}
            teller.failed(START, str(error))
        else:
            failed = travel(journey.hops(), teller)
            parties = journey.parties
    teller.close(failed_hop=failed, parties=parties)
    if failed:
        raise typer.Exit(1)


def set_out(
    stack: ExitStack,
    processes: Processes,
    folder: Path,
    files: tuple[Path, Path],
    patience: float,
) -> Journey:
    """Start everybody and return the journey that is about to begin."""
    nation = found_nation(processes, folder, _CODES)
    provinces = [settle_province(folder / code, nation, code) for code in (HOME, AWAY)]
    for province in provinces:
        start_gateway(processes, province)
        start_worker(processes, province)
    for province in provinces:
        processes[f"gateway-{province.code}"].wait_ready()
        processes[f"worker-{province.code}"].wait_ready()
    home, away = (stack.enter_context(closing(Hub(p, patience))) for p in provinces)
    observed = stack.enter_context(closing(Nation(nation.url, patience)))
    return Journey(home, away, observed, files[0], files[1], patience)


def travel(hops: Sequence[Hop], teller: Teller) -> str | None:
    """Go hop by hop; return the name of the one that failed, or None."""
    for hop in hops:
        try:
            with teller.during(hop.title):
                found = hop.act()
        except (HopError, KeyError, TypeError, ValueError, OSError) as error:
            teller.failed(hop.name, str(error))
            return hop.name
        teller.done(hop, found)
    return None
