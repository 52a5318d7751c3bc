"""The command tree. Exit codes: 0 ok, 1 it failed, 2 usage or settings."""

import sys

import typer

from app.cli import catalogue, clients, outbox, serving, setup, up
from app.cli.demo import demo
from app.cli.failing import CommandError, SettingsError
from app.platform.errors import ProblemError

app = typer.Typer(
    name="lgsp",
    help="Nền tảng LGSP của tỉnh: máy chủ, bộ chuyển, quản trị. / The provincial LGSP gateway.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("serve")(serving.serve)
app.command("worker")(serving.worker)
app.command("up")(up.up)
app.command("demo")(demo)
app.command("migrate")(setup.migrate)
app.command("settings")(setup.settings)
app.command("key")(setup.key)
app.command("doctor")(setup.doctor)
app.command("openapi")(setup.openapi)
app.add_typer(clients.app, name="client")
app.add_typer(catalogue.app, name="catalogue")
app.add_typer(outbox.app, name="outbox")


def main() -> None:
    """Run the command line and exit; wrong usage ends with 2 by itself."""
    try:
        app()
    except SettingsError as error:
        _say(error)
        sys.exit(2)
    except (CommandError, ProblemError, OSError) as error:
        _say(error)
        sys.exit(1)


def _say(error: Exception) -> None:
    text = error.detail_en if isinstance(error, ProblemError) else str(error)
    typer.echo(f"lgsp: {text}", err=True)
