"""Telling how the replay goes: bars on a terminal, plain lines elsewhere, nothing for machines."""

from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from time import perf_counter
from typing import Any, Final

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from typing_extensions import override

from app.platform.clock import VIETNAM

_LINE_EVERY: Final = 5.0
_SHOWN: Final = 20


class Teller:
    """Says nothing: for `--json`."""

    def stage(self, title: str, total: int) -> AbstractContextManager[Any]:
        """Begin something that has so many steps."""
        del title, total
        return nullcontext()

    def step(self, done: int, note: str = "") -> None:
        """Hear how far it is."""

    def say(self, line: str) -> None:
        """Tell one thing."""


class Lines(Teller):
    """One line every few seconds."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._title, self._total = "", 0
        self._told = 0.0

    @override
    def stage(self, title: str, total: int) -> AbstractContextManager[Any]:
        self._title, self._total, self._told = title, total, perf_counter()
        self.say(f"{title} …")
        return nullcontext()

    @override
    def step(self, done: int, note: str = "") -> None:
        if perf_counter() - self._told >= _LINE_EVERY:
            self._told = perf_counter()
            self.say(f"{self._title}: {done}/{self._total} {note}".rstrip())

    @override
    def say(self, line: str) -> None:
        self._console.print(line, highlight=False, markup=False, soft_wrap=True)


class Bars(Lines):
    """A bar for each stage."""

    def __init__(self, console: Console) -> None:
        super().__init__(console)
        self._bars = Progress(
            TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
            TimeElapsedColumn(), TextColumn("{task.fields[note]}"), console=console,
        )  # fmt: skip

    @override
    def stage(self, title: str, total: int) -> AbstractContextManager[Any]:
        self._task = self._bars.add_task(title, total=total, note="")
        return self._bars

    @override
    def step(self, done: int, note: str = "") -> None:
        self._bars.update(self._task, completed=done, note=note)


def teller_of(*, as_json: bool) -> Teller:
    """Return who tells: on standard error, so that the summary stands alone."""
    console = Console(stderr=True)
    if as_json:
        return Teller()
    return Bars(console) if console.is_terminal else Lines(console)


def virtual(at: datetime) -> str:
    """Return a moment of the virtual clock as it is shown."""
    return f"{at.astimezone(VIETNAM):%d/%m/%Y %H:%M}"


def show(summary: Mapping[str, Any]) -> None:
    """Print the summary for people."""
    console = Console(soft_wrap=True)
    table = Table("", "", show_header=False)
    for name, value in summary.items():
        if not isinstance(value, Mapping | list):
            table.add_row(name.replace("_", " "), str(value))
    for kind in ("act_ms", "seconds", "portal"):
        shown = ", ".join(f"{name} {value}" for name, value in summary[kind].items())
        table.add_row(kind, shown)
    for kind in ("status", "channel", "agency"):
        counts = list(summary[kind].items())
        shown = ", ".join(f"{name} {number}" for name, number in counts[:_SHOWN])
        rest = f", … ({len(counts)})" if len(counts) > _SHOWN else ""
        table.add_row(kind, shown + rest)
    console.print(table)
    for line in summary["differences"][:_SHOWN]:
        console.print(f"[red]≠[/red] {line}", highlight=False)
    verdict = "hai bên giữ như nhau / both sides hold the same"
    console.print(
        verdict if summary["ok"] else f"{len(summary['differences'])} differences", highlight=False
    )
