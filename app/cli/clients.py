"""`lgsp client …`: who may call us."""

import time
from typing import Annotated

import typer

from app.access import store, use_cases
from app.access.domain import Client, Scope
from app.catalogue.use_cases import resolve_member
from app.cli import proving
from app.cli.acting import act
from app.cli.failing import read_settings
from app.cli.printing import JsonFlag, console, print_json, print_rows
from app.codes import AgencyCode
from app.platform.clock import SystemClock

app = typer.Typer(help="Ứng dụng được gọi API. / Clients of the API.", no_args_is_help=True)
app.command("styles")(proving.styles)
app.add_typer(proving.keys, name="key")
app.add_typer(proving.accounts, name="account")


@app.command("add")
def add(
    name: Annotated[str, typer.Argument(help="What people call the system.")],
    *,
    member: Annotated[str, typer.Option(help="Code of the member it acts for, e.g. H38.12.")],
    scope: Annotated[list[Scope], typer.Option(help="May be given several times.")],
    as_json: JsonFlag = False,
) -> None:
    """Đăng ký một ứng dụng. / Register a client; its secret is shown only now."""
    try:
        code = AgencyCode(member)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--member") from None
    settings, clock = read_settings(), SystemClock()
    known = act(settings, resolve_member, clock, code, pointer="--member")
    client, secret = act(
        settings, use_cases.register, clock, name=name, member=known.code, scopes=scope
    )
    if as_json:
        print_json(
            {
                "client_id": client.client_id,
                "client_secret": secret,
                "scopes": sorted(client.scopes),
            }
        )
    else:
        console.print(f"client_id     {client.client_id}\nclient_secret {secret}")


@app.command("list")
def list_(*, as_json: JsonFlag = False) -> None:
    """Liệt kê ứng dụng. / List clients, without their secrets."""
    rows = [_row(client) for client in act(read_settings(), store.every)]
    if as_json:
        print_json(rows)
    else:
        print_rows(
            ("client_id", "name", "member", "scopes", "created_at", "revoked_at", "styles"), rows
        )


@app.command("revoke")
def revoke(client_id: Annotated[str, typer.Argument()]) -> None:
    """Thu hồi một ứng dụng. / Revoke a client; when this returns, no gateway takes its tokens."""
    settings = read_settings()
    act(settings, use_cases.revoke, SystemClock(), client_id=client_id)
    # Every gateway may still hold the client's good standing for so long, and no longer.
    time.sleep(settings.client_cache_seconds)
    typer.echo(f"{client_id} revoked")


def _row(client: Client) -> dict[str, object]:
    return {
        "client_id": client.client_id,
        "name": client.name,
        "member": str(client.member),
        "scopes": sorted(scope.value for scope in client.scopes),
        "created_at": client.created_at.isoformat(),
        "revoked_at": client.revoked_at and client.revoked_at.isoformat(),
        "styles": sorted(style.value for style in client.styles),
    }
