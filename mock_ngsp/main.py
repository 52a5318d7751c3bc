"""The command `mock-ngsp`: settings are read here, once, and handed down."""

from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import TypeAdapter, ValidationError

from mock_ngsp import settings as all_settings
from mock_ngsp.codes import IDENTIFIER, member_of
from mock_ngsp.control.wire import SystemRow
from mock_ngsp.dvcqg.sessions import Account
from mock_ngsp.front import Nation
from mock_ngsp.messages import smtp
from mock_ngsp.server import listen, run
from mock_ngsp.settings import Settings
from mock_ngsp.systems import DEFAULT_SYSTEMS, System, Systems
from mock_ngsp.universe import DEFAULT_ACCOUNT, Universe

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
    chosen, account = _settings(setting or []), _account(dvcqg_user, dvcqg_password_file)
    connected = Systems(_systems(system or [], systems))
    universe = Universe(chosen, systems=connected, account=account)
    try:
        listener = listen(host, port)
    except OSError as wrong:
        typer.echo(f"cannot listen on {host}:{port}: {wrong.strerror}", err=True)
        raise typer.Exit(1) from wrong
    try:
        with _mail(universe, host, smtp_port):
            run(Nation(universe), listener)
    finally:
        universe.close()


@cli.command()
def settings() -> None:
    """List what `--set` takes: name, default and meaning."""
    for line in all_settings.lines():
        typer.echo(line)


def main() -> None:
    """Run the command line."""
    cli()


def _mail(universe: Universe, host: str, port: int) -> AbstractContextManager[int]:
    return smtp.serving(universe, host, port) if port else nullcontext(0)


def _settings(given: list[str]) -> Settings:
    chosen: dict[str, Any] = {}
    for text in given:
        name, equals, value = text.partition("=")
        if not equals:
            raise typer.BadParameter(f"{text!r} is not NAME=VALUE", param_hint="--set")
        chosen[name.strip().replace("-", "_")] = value
    try:
        return Settings.model_validate(chosen)
    except ValidationError as wrong:
        raise typer.BadParameter(_told(wrong), param_hint="--set") from wrong


def _systems(given: list[str], file: Path | None) -> tuple[System, ...]:
    rows = [*(_system(text) for text in given), *(_from_file(file) if file else ())]
    return tuple(rows) or DEFAULT_SYSTEMS


def _system(text: str) -> System:
    name, _, secret = text.partition("=")
    system_id, colon, member = name.partition(":")
    if not secret or not IDENTIFIER.fullmatch(system_id):
        raise typer.BadParameter("write ID=SECRET or ID:MEMBER=SECRET", param_hint="--system")
    if colon and not IDENTIFIER.fullmatch(member):
        raise typer.BadParameter(f"{member!r} is no unit code", param_hint="--system")
    return System(system_id, secret, member or member_of(system_id))


def _from_file(file: Path) -> list[System]:
    try:
        rows = TypeAdapter(list[SystemRow]).validate_json(file.read_bytes())
    except OSError as wrong:
        raise typer.BadParameter(f"{file}: {wrong.strerror}", param_hint="--systems") from wrong
    except ValidationError as wrong:
        raise typer.BadParameter(f"{file}: {_told(wrong)}", param_hint="--systems") from wrong
    return [row.system() for row in rows]


def _account(user: str | None, file: Path | None) -> Account:
    if user is None and file is None:
        return DEFAULT_ACCOUNT
    if user is None or file is None:
        raise typer.BadParameter("give both, or neither", param_hint="--dvcqg-user/-password-file")
    try:
        password = file.read_text(encoding="utf-8").strip("\r\n")
    except (OSError, UnicodeDecodeError) as wrong:
        raise typer.BadParameter(f"{file}: {wrong}", param_hint="--dvcqg-password-file") from wrong
    if not password:
        raise typer.BadParameter(f"{file} is empty", param_hint="--dvcqg-password-file")
    return Account(user, password)


def _told(wrong: ValidationError) -> str:
    """Name what is wrong without repeating a secret."""
    return "; ".join(
        f"{'.'.join(map(str, error['loc']))}: {error['msg']}"
        for error in wrong.errors(include_url=False, include_input=False)
    )
