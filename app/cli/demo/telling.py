"""Telling the story: live for a terminal, plain lines elsewhere, one object for machines."""

from contextlib import AbstractContextManager, nullcontext
from typing import Any

from rich.console import Console
from rich.table import Table
from typing_extensions import override

from app.cli.demo.hop import Hop
from app.cli.printing import print_json


class Teller:
    """Says nothing of its own: for `--json`."""

    def during(self, title: str) -> AbstractContextManager[Any]:
        """Show that something is under way."""
        del title
        return nullcontext()

    def done(self, hop: Hop, found: str) -> None:
        """Show what a hop found."""

    def failed(self, name: str, why: str) -> None:
        """Show where it broke."""

    def close(self, *, failed_hop: str | None, parties: dict[str, dict[str, Any]]) -> None:
        """Show what everybody holds in the end."""
        print_json({"ok": failed_hop is None, "failed_hop": failed_hop, "parties": parties})


class Storyteller(Teller):
    """For people."""

    def __init__(self) -> None:
        self._console = Console(soft_wrap=True)

    @override
    def during(self, title: str) -> AbstractContextManager[Any]:
        """Spin beside the title on a terminal; elsewhere only name it."""
        if self._console.is_terminal:
            return self._console.status(title)
        self._console.print(f"…    {title}")
        return nullcontext()

    @override
    def done(self, hop: Hop, found: str) -> None:
        """Print the hop with its ids."""
        self._console.print(f"[green]ok[/green]   {hop.name:<20} {found}", highlight=False)

    @override
    def failed(self, name: str, why: str) -> None:
        """Print the hop that broke and why."""
        self._console.print(f"[red]FAIL[/red] {name:<20} {why}", highlight=False)

    @override
    def close(self, *, failed_hop: str | None, parties: dict[str, dict[str, Any]]) -> None:
        """Print the closing table."""
        table = Table("party", "thing", "held")
        for party, things in parties.items():
            for thing, held in things.items():
                table.add_row(party, thing, str(held))
        self._console.print(table)
        verdict = "mọi bên đều giữ đúng / every party holds what it should"
        self._console.print(verdict if failed_hop is None else f"broken at {failed_hop}")
