"""What the words after `mock-ngsp serve` come to, and the mock that is started with them."""

from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typer
from pydantic import TypeAdapter, ValidationError

from mock_ngsp.codes import IDENTIFIER, member_of
from mock_ngsp.control.wire import SystemRow
from mock_ngsp.dvcqg.sessions import Account
from mock_ngsp.front import Nation
from mock_ngsp.messages import smtp
from mock_ngsp.server import listen, run
from mock_ngsp.settings import Settings
from mock_ngsp.systems import DEFAULT_SYSTEMS, System, Systems
from mock_ngsp.universe import DEFAULT_ACCOUNT, Universe


@dataclass(frozen=True, slots=True)
class Place:
    """Where to listen: for HTTP, and for mail unless that port is 0."""

    host: str
    port: int
    smtp_port: int


def start(universe: Universe, place: Place) -> None:
    """Play the nation until asked to end.

    Raises:
        typer.Exit: 1, if the address cannot be had.
    """
    try:
        listener = listen(place.host, place.port)
    except OSError as wrong:
        typer.echo(f"cannot listen on {place.host}:{place.port}: {wrong.strerror}", err=True)
        raise typer.Exit(1) from wrong
    try:
        with _mail(universe, place):
            run(Nation(universe), listener)
    finally:
        universe.close()


def settings_of(given: list[str]) -> Settings:
    """The settings, each given as NAME=VALUE.

    Raises:
        typer.BadParameter: naming the one that is not known, or not so.
    """
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


def systems_of(given: list[str], file: Path | None) -> Systems:
    """The systems on the axis: those given as ID[:MEMBER]=SECRET, those of the file.

    Raises:
        typer.BadParameter: naming the one that cannot be read.
    """
    rows = [*(_system(text) for text in given), *(_from_file(file) if file else ())]
    return Systems(tuple(rows) or DEFAULT_SYSTEMS)


def account_of(user: str | None, file: Path | None) -> Account:
    """The portal's one user, whose password stands in the file.

    Raises:
        typer.BadParameter: if one is given without the other, or the file cannot be read.
    """
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


def _mail(universe: Universe, place: Place) -> AbstractContextManager[int]:
    port = place.smtp_port
    return smtp.serving(universe, place.host, port) if port else nullcontext(0)


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


def _told(wrong: ValidationError) -> str:
    """Name what is wrong without repeating a secret."""
    return "; ".join(
        f"{'.'.join(map(str, error['loc']))}: {error['msg']}"
        for error in wrong.errors(include_url=False, include_input=False)
    )
