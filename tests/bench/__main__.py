"""`python -m tests.bench`: measure, say how it goes on standard error, print the figures."""

import argparse
import json
import sys
import time
from collections.abc import Mapping, Sequence

from app.platform.logging import configure_logging
from tests.bench import broker, documents, dossiers, facade, passing_on, status
from tests.bench.measurements import FULL, MEASUREMENTS, QUICK
from tests.bench.report import Figure
from tests.bench.stage import set_stage

AIMS: Mapping[str, str] = {
    "validated": ">= .14",
    "durable-sqlite": ">= .25",
    "durable-postgresql": ">= .20",
    "relay-sqlite": ">= .45",
    "relay-postgresql": ">= .45",
    "wake-sqlite": "<= 1",
    "wake-postgresql": "<= 1",
    **broker.AIMS,
    **documents.AIMS,
    **dossiers.AIMS,
    **facade.AIMS,
    **passing_on.AIMS,
    **status.AIMS,
}


def _arguments(given: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench",
        description="Speed as ratios of ours and a floor, taken in turns; medians.",
    )
    parser.add_argument(
        "names",
        nargs="*",
        metavar="NAME",
        help=f"All if none, or of one kind: {', '.join(MEASUREMENTS)}.",
    )
    parser.add_argument("--json", action="store_true", help="One JSON object instead of a table.")
    parser.add_argument(
        "--quick", action="store_true", help="A few of each: shows that it runs, not how fast."
    )
    arguments = parser.parse_args(given)
    arguments.names = [known for name in arguments.names for known in meant(name)]
    if unknown := [name for name in arguments.names if name not in MEASUREMENTS]:
        parser.error(f"unknown: {', '.join(unknown)}; known: {', '.join(MEASUREMENTS)}")
    return arguments


def meant(name: str) -> Sequence[str]:
    """The measurement of that name, or all of a kind: `documents`."""
    of_kind = [known for known in MEASUREMENTS if known.startswith(f"{name}-")]
    return [name] if name in MEASUREMENTS or not of_kind else of_kind


def _measure(names: Sequence[str], *, quick: bool) -> dict[str, Figure]:
    figures = {}
    configure_logging("WARNING")
    with set_stage() as stage:
        for name in names:
            began = time.monotonic()
            print(f"{name} …", file=sys.stderr, end=" ", flush=True)
            figures[name] = MEASUREMENTS[name](stage, QUICK if quick else FULL)
            seconds = time.monotonic() - began
            print(f"{figures[name].ratio} in {seconds:.0f} s", file=sys.stderr, flush=True)
            stage.end()
    return figures


def _print_table(figures: Mapping[str, Figure]) -> None:
    print(f"{'name':<36}{'ours':>10}{'floor':>10}{'ratio':>8}{'aim':>8}{'n':>8}")
    for name, one in figures.items():
        print(f"{name:<36}{one.ours:>10}{one.floor:>10}{one.ratio:>8}{AIMS[name]:>8}{one.n:>8}")


def main(given: Sequence[str]) -> None:
    """Measure what is asked for."""
    arguments = _arguments(given)
    figures = _measure(arguments.names or list(MEASUREMENTS), quick=arguments.quick)
    if arguments.json:
        print(json.dumps({name: one.as_dict() for name, one in figures.items()}))
    else:
        _print_table(figures)


if __name__ == "__main__":
    main(sys.argv[1:])
