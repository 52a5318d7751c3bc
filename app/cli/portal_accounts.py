"""`lgsp portal-account …`: names and passwords of provincial systems at `/mapi/login`."""

import secrets
from pathlib import Path
from typing import Annotated

import typer

from app.cli.acting import act
from app.cli.failing import CommandError, read_settings
from app.cli.printing import JsonFlag, console, print_json, print_rows
from app.facades.dvcqg import store
from app.facades.dvcqg.use_cases import accounts
from app.platform.clock import SystemClock
from app.platform.settings import SecretFileError, read_secret

app = typer.Typer(help="Tài khoản mapi. / Accounts of the façade.", no_args_is_help=True)


@app.command("add")
def add(
    username: Annotated[str, typer.Argument(help="The name the system logs in with.")],
    *,
    client: Annotated[str, typer.Option(help="Id of the client it acts as.")],
    password_file: Annotated[
        Path | None, typer.Option(help="File with a password that is set already.")
    ] = None,
    as_json: JsonFlag = False,
) -> None:
    """Thêm tài khoản. / Add an account; a password made here is shown only now."""
    if not username.isprintable() or not 1 <= len(username) <= 100:  # noqa: PLR2004 -- the column
        raise typer.BadParameter("1 to 100 printable characters", param_hint="USERNAME")
    password = secrets.token_urlsafe(32)
    if password_file is not None:
        try:
            password = read_secret("--password-file", password_file).get_secret_value()
        except SecretFileError as error:
            raise CommandError(str(error)) from error
    clock = SystemClock()
    act(
        read_settings(),
        accounts.register,
        clock,
        username=username,
        client_id=client,
        password=password,
    )
    shown = {} if password_file else {"password": password}
    if as_json:
        print_json({"username": username, "client_id": client, **shown})
    else:
        console.print(f"username {username}", *(f"\npassword {text}" for text in shown.values()))


@app.command("list")
def list_(*, as_json: JsonFlag = False) -> None:
    """Liệt kê tài khoản. / List accounts, without their passwords."""
    rows = [
        {
            "username": one.username,
            "client_id": one.client_id,
            "created_at": one.created_at.isoformat(),
            "revoked_at": one.revoked_at and one.revoked_at.isoformat(),
        }
        for one in act(read_settings(), store.every)
    ]
    if as_json:
        print_json(rows)
    else:
        print_rows(("username", "client_id", "created_at", "revoked_at"), rows)


@app.command("revoke")
def revoke(username: Annotated[str, typer.Argument()]) -> None:
    """Thu hồi tài khoản. / Revoke an account; its sessions end at once."""
    act(read_settings(), accounts.revoke, SystemClock(), username=username)
    typer.echo(f"{username} revoked")
