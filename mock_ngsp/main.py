"""The command `mock-ngsp`: settings are read here, once, and handed down.

The mock itself is imported by what starts it: whoever asks for help waits for none of it.
"""

from pathlib import Path
from typing import Annotated

import typer

cli = typer.Typer(
    help="A stand-in for the nation: document axis (VXP) and public service portal (DVCQG).",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@cli.callback()
def _several_commands() -> None:
    """Play the nation; the state is in memory and ends with the process."""


@cli.command()
def serve(  # noqa: PLR0913 - one parameter for each documented option
    *,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 picks a free port.")] = 8070,
    system: Annotated[
        list[str] | None,
        typer.Option(metavar="ID[:MEMBER]=SECRET", help="A system on the document axis; repeat."),
    ] = None,
    systems: Annotated[
        Path | None, typer.Option(metavar="FILE", help="JSON: [{id, secret, member}, …].")
    ] = None,
    dvcqg_user: Annotated[
        str | None, typer.Option(metavar="NAME", help="User name at the portal.")
    ] = None,
    dvcqg_password_file: Annotated[
        Path | None, typer.Option(metavar="FILE", help="File with the portal's password.")
    ] = None,
    smtp_port: Annotated[
        int, typer.Option(min=0, max=65535, help="Port of the mail server; 0: none.")
    ] = 0,
    setting: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="NAME=VALUE", help="See `mock-ngsp settings`; repeat."),
    ] = None,
) -> None:
    """Serve both wires and the control API; prints one JSON line when ready."""
    from mock_ngsp import starting  # noqa: PLC0415 - takes most of a second, see above
    from mock_ngsp.universe import Universe  # noqa: PLC0415 - likewise

    chosen = starting.settings_of(setting or [])
    account = starting.account_of(dvcqg_user, dvcqg_password_file)
    connected = starting.systems_of(system or [], systems)
    universe = Universe(chosen, systems=connected, account=account)
    starting.start(universe, starting.Place(host, port, smtp_port))


@cli.command()
def settings() -> None:
    """List what `--set` takes: name, default and meaning."""
    from mock_ngsp.settings import lines  # noqa: PLC0415 - see above

    for line in lines():
        typer.echo(line)


def main() -> None:
    """Run the command line."""
    cli()
