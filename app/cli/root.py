"""The command tree. Exit codes: 0 ok, 1 it failed, 2 usage or settings.

A command's module is imported when the command is asked for: importing all of them takes a
second or two, which every worker and every test would pay.
"""

import gc
import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.metadata import version
from types import ModuleType
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup
from typing_extensions import override

from app.cli.commands import COMMANDS
from app.cli.failing import CommandError, SettingsError
from app.platform.errors import ProblemError


class _Commands(TyperGroup):
    """Every command by its name; to list them none is imported."""

    @override
    def list_commands(self, ctx: Any) -> list[str]:
        return list(COMMANDS)

    @override
    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return what a list shows of a command."""
        place = COMMANDS.get(cmd_name)
        return None if place is None else TyperCommand(cmd_name, help=place.line)

    @override
    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the command itself, for it is about to run."""
        name, listed, rest = super().resolve_command(ctx, args)
        return name, listed if name is None else _imported(name), rest


def _imported(name: str) -> Any:
    place, _, member = COMMANDS[name].found_at.partition(":")
    found = getattr(sys.modules.get(place) or _taken_in(place), member)
    if isinstance(found, typer.Typer):
        command = typer.main.get_group(found)
    else:
        alone = typer.Typer()
        alone.command(name)(found)
        command = typer.main.get_command(alone)  # type: ignore[assignment]
    command.name = name
    return command


def _taken_in(place: str) -> ModuleType:
    """Import a module and all it needs without looking for garbage in between.

    Hardly anything of it ever is garbage, and looking at all of it again and again takes a fifth
    of the time. What is there at the end no later look goes through again.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        return import_module(place)
    finally:
        gc.freeze()
        if was_on:
            gc.enable()


app = typer.Typer(
    name="lgsp",
    cls=_Commands,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _tell_version(asked: bool) -> None:  # noqa: FBT001 -- as typer calls it
    if asked:
        typer.echo(version("lgsp-gateway"))
        raise typer.Exit


@app.callback()
def lgsp(
    *,
    _version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_tell_version, is_eager=True, help="Show the version and exit."
        ),
    ] = False,
) -> None:
    """Nền tảng LGSP của tỉnh: máy chủ, bộ chuyển, quản trị. / The provincial LGSP gateway."""


def main(words: Sequence[str] | None = None) -> None:
    """Run the command line, this process's own or another, and exit; wrong usage ends with 2."""
    try:
        app(words)
    except SettingsError as error:
        _say(error)
        sys.exit(2)
    except (CommandError, ProblemError, OSError) as error:
        _say(error)
        sys.exit(1)


def _say(error: Exception) -> None:
    text = error.detail_en if isinstance(error, ProblemError) else str(error)
    typer.echo(f"lgsp: {text}", err=True)
