"""The command tree. Exit codes: 0 ok, 1 it failed, 2 usage or settings.

A command's module is imported when the command is asked for: importing all of them takes a
second or two, which every worker and every test would pay.
"""

import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from types import MappingProxyType
from typing import Any

import typer
from typer.core import TyperGroup
from typing_extensions import override

from app.cli.failing import CommandError, SettingsError
from app.platform.errors import ProblemError

_COMMANDS: Mapping[str, str] = MappingProxyType(
    {
        "serve": "app.cli.serving:serve",
        "worker": "app.cli.working:worker",
        "up": "app.cli.up:up",
        "demo": "app.cli.demo.command:demo",
        "replay": "app.cli.replay.command:replay",
        "migrate": "app.cli.migrating:migrate",
        "settings": "app.cli.listing:settings",
        "key": "app.cli.keys:key",
        "doctor": "app.cli.checkup:doctor",
        "openapi": "app.cli.describing:openapi",
        "verify-package": "app.cli.verifying:verify_package",
        "client": "app.cli.clients:app",
        "system": "app.cli.systems:app",
        "destination": "app.cli.destinations:app",
        "broker": "app.cli.broker:app",
        "portal-account": "app.cli.portal_accounts:app",
        "land-system": "app.cli.land_systems:app",
        "filing-page": "app.cli.filing_pages:app",
        "catalogue": "app.cli.catalogue:app",
        "dossiers": "app.cli.dossiers:app",
        "calendar": "app.cli.calendars:app",
        "services": "app.cli.public_services:app",
        "statistics": "app.cli.statistics:app",
        "reports": "app.cli.reports:app",
        "notices": "app.cli.notices:app",
        "webhooks": "app.cli.webhooks:app",
        "outbox": "app.cli.outbox:app",
        "statuses": "app.cli.statuses:statuses",
    }
)


class _Commands(TyperGroup):
    """Every command by its name, imported when it is needed."""

    @override
    def list_commands(self, ctx: Any) -> list[str]:
        return list(_COMMANDS)

    @override
    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in _COMMANDS:
            return None
        module, _, name = _COMMANDS[cmd_name].partition(":")
        found = getattr(import_module(module), name)
        if isinstance(found, typer.Typer):
            command = typer.main.get_group(found)
        else:
            alone = typer.Typer()
            alone.command(cmd_name)(found)
            command = typer.main.get_command(alone)  # type: ignore[assignment]
        command.name = cmd_name
        return command


app = typer.Typer(
    name="lgsp",
    cls=_Commands,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def lgsp() -> None:
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
