"""The list of commands: it is what each command says of itself, and costs next to nothing."""

import gc
import subprocess
import sys

import pytest
import typer

from app.cli.commands import COMMANDS
from app.cli.root import app
from tests.cli.shell import ROOT, Shell

_HEAVY = {"alembic", "app.main", "app.worker", "asyncpg", "fastapi", "lxml", "sqlalchemy"}
_LIST_AND_TELL = """
import sys
from app.cli.root import main
try:
    main(["--help"])
finally:
    print("imported:", *sys.modules)
"""


@pytest.mark.parametrize("name", COMMANDS)
def test_the_list_says_what_the_command_says_of_itself(name: str) -> None:
    group = typer.main.get_group(app)
    context = typer.Context(group)
    _, command, _ = group.resolve_command(context, [name])
    listed = group.get_command(context, name)
    assert command is not None
    assert listed is not None
    assert (command.help or "").partition("\n\n")[0] == listed.help


def test_the_list_names_every_command_and_imports_none() -> None:
    done = subprocess.run(  # noqa: S603 -- our own program
        [sys.executable, "-c", _LIST_AND_TELL], capture_output=True, text=True, cwd=ROOT, check=True
    )
    listed, _, imported = done.stdout.partition("imported: ")
    for name in COMMANDS:
        assert f"│ {name} " in listed
    modules = set(imported.split())
    assert "typer" in modules
    assert modules.isdisjoint(
        _HEAVY | {place.found_at.split(":")[0] for place in COMMANDS.values()}
    )


def test_the_collector_looks_again_once_a_command_is_there(shell: Shell) -> None:
    assert shell.inside.run("settings").returncode == 0
    assert gc.isenabled()
