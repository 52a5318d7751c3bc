"""`lgsp client styles|key|account …`: how clients prove themselves besides plain OAuth2."""

import time
from datetime import timedelta
from typing import Annotated

import typer

from app.access.domain.bearers import Bearer, Style
from app.access.store import bearers as store
from app.access.use_cases import bearers
from app.cli.acting import act
from app.cli.failing import read_settings
from app.cli.printing import JsonFlag, console, print_json, print_rows
from app.platform.clock import SystemClock

keys = typer.Typer(help="Khoá dài hạn. / Long-lived tokens.", no_args_is_help=True)
accounts = typer.Typer(help="Tài khoản của ứng dụng. / Accounts of a client.", no_args_is_help=True)

ClientId = Annotated[str, typer.Argument(help="Id of the client.")]
_LONGEST = 200


def styles(
    client_id: ClientId,
    *,
    style: Annotated[
        list[Style] | None, typer.Option(help="May be given several times; none: plain OAuth2.")
    ] = None,
) -> None:
    """Đặt các kiểu lấy mã. / Say how a client may get tokens besides plain OAuth2."""
    settings = read_settings()
    given = act(settings, bearers.restyle, SystemClock(), client_id=client_id, styles=style or ())
    time.sleep(settings.client_cache_seconds)
    typer.echo(f"{client_id}: {' '.join(sorted(given)) or 'oauth2'}")


@keys.command("add")
def add_key(
    client_id: ClientId,
    *,
    name: Annotated[str, typer.Option(help="What it is for.")],
    days: Annotated[int, typer.Option(min=1, max=3650, help="How long it is good.")] = 365,
    as_json: JsonFlag = False,
) -> None:
    """Cấp khoá dài hạn. / Make a long-lived token; it is shown only now."""
    if not name.isprintable() or not 1 <= len(name) <= _LONGEST:
        raise typer.BadParameter("1 to 200 printable characters", param_hint="--name")
    clock = SystemClock()
    until = clock.now() + timedelta(days=days)
    bearer, token = act(
        read_settings(), bearers.keep, clock, client_id=client_id, name=name, until=until
    )
    if as_json:
        print_json({"id": bearer.id, "token": token, "expires_at": until.isoformat()})
    else:
        console.print(f"id    {bearer.id}\ntoken {token}")


@keys.command("list")
def list_keys(client_id: ClientId, *, as_json: JsonFlag = False) -> None:
    """Liệt kê khoá. / List a client's long-lived tokens, without the tokens."""
    rows = [_row(one) for one in act(read_settings(), store.kept, client_id)]
    if as_json:
        print_json(rows)
    else:
        print_rows(("id", "name", "issued_at", "expires_at", "revoked_at"), rows)


@keys.command("revoke")
def revoke_key(key_id: Annotated[str, typer.Argument(help="Id of the token.")]) -> None:
    """Thu hồi khoá. / Revoke a token; when this returns, no gateway takes it."""
    settings = read_settings()
    act(settings, bearers.revoke_bearer, SystemClock(), bearer_id=key_id)
    # Every gateway may still hold it for so long, and no longer.
    time.sleep(settings.client_cache_seconds)
    typer.echo(f"{key_id} revoked")


@accounts.command("add")
def add_account(
    client_id: ClientId,
    username: Annotated[str, typer.Argument(help="The name it sends.")],
    *,
    as_json: JsonFlag = False,
) -> None:
    """Mở tài khoản. / Add an account for the password grant; the password is shown only now."""
    if not username.isprintable() or not 1 <= len(username) <= 100:  # noqa: PLR2004 -- the column
        raise typer.BadParameter("1 to 100 printable characters", param_hint="USERNAME")
    clock = SystemClock()
    account, password = act(
        read_settings(), bearers.open_account, clock, client_id=client_id, username=username
    )
    if as_json:
        print_json({"username": account.username, "password": password})
    else:
        console.print(f"username {account.username}\npassword {password}")


@accounts.command("revoke")
def revoke_account(client_id: ClientId, username: Annotated[str, typer.Argument()]) -> None:
    """Đóng tài khoản. / Take an account back."""
    one = {"client_id": client_id, "username": username}
    act(read_settings(), bearers.close_account, SystemClock(), **one)
    typer.echo(f"{username} revoked")


def _row(bearer: Bearer) -> dict[str, object]:
    return {
        "id": bearer.id,
        "name": bearer.name,
        "issued_at": bearer.issued_at.isoformat(),
        "expires_at": bearer.expires_at.isoformat(),
        "revoked_at": bearer.revoked_at and bearer.revoked_at.isoformat(),
    }
