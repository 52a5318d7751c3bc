"""`lgsp land-system …`: land systems that may call, each with a code in the address."""

import re
import secrets
from pathlib import Path
from typing import Annotated, Final

import typer

from app.cli.acting import act
from app.cli.failing import CommandError, read_settings
from app.cli.printing import JsonFlag, console, print_json, print_rows
from app.cli.systems import sealer_from
from app.codes import AgencyCode
from app.errands import use_cases
from app.facades.land import store
from app.facades.land.use_cases import systems
from app.platform.clock import SystemClock
from app.platform.sealing import UnopenableError
from app.platform.settings import SecretFileError, read_secret

app = typer.Typer(help="Hệ thống đất đai gọi vào. / Land systems that call.", no_args_is_help=True)

_NAME: Final = re.compile(r"[a-z0-9][a-z0-9\-]{0,49}")
_CODE: Final = re.compile(r"[A-Za-z0-9_\-]{32,200}")


@app.command("add")
def add(
    name: Annotated[str, typer.Argument(help="Small letters, digits and hyphens.")],
    *,
    member: Annotated[str, typer.Option(help="The member whose dossiers it handles, e.g. H38.")],
    code_file: Annotated[
        Path | None, typer.Option(help="File with a code that is set already.")
    ] = None,
    as_json: JsonFlag = False,
) -> None:
    """Thêm hệ thống. / Add a system; a code made here is shown only now."""
    if _NAME.fullmatch(name) is None:
        raise typer.BadParameter("small letters, digits and hyphens", param_hint="NAME")
    try:
        agency = AgencyCode(member)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--member") from error
    code = secrets.token_urlsafe(32) if code_file is None else _read(code_file)
    clock = SystemClock()
    act(read_settings(), systems.register, clock, name=name, member=agency, code=code)
    shown = {} if code_file else {"security_code": code}
    if as_json:
        print_json({"name": name, "member": member, **shown})
    else:
        console.print(f"name {name}", *(f"\nsecurity_code {text}" for text in shown.values()))


@app.command("list")
def list_(*, as_json: JsonFlag = False) -> None:
    """Liệt kê hệ thống. / List systems, without their codes."""
    rows = [
        {
            "name": one.name,
            "member": one.member,
            "created_at": one.created_at.isoformat(),
            "revoked_at": one.revoked_at and one.revoked_at.isoformat(),
        }
        for one in act(read_settings(), store.every)
    ]
    if as_json:
        print_json(rows)
    else:
        print_rows(("name", "member", "created_at", "revoked_at"), rows)


@app.command("revoke")
def revoke(name: Annotated[str, typer.Argument()]) -> None:
    """Thu hồi hệ thống. / Let a system call no more, at once."""
    act(read_settings(), systems.revoke, SystemClock(), name=name)
    typer.echo(f"{name} revoked")


@app.command("reseal")
def reseal() -> None:
    """Mã hoá lại chứng từ. / Keep what tax vouchers say of people under the present key."""
    settings = read_settings()
    try:
        number = act(settings, use_cases.reseal_vouchers, sealer_from(settings))
    except UnopenableError as error:
        raise CommandError(str(error)) from error
    typer.echo(f"{number} resealed")


def _read(file: Path) -> str:
    """Return a code that was agreed elsewhere; a weak one is refused, its hash has no salt."""
    try:
        code = read_secret("--code-file", file).get_secret_value()
    except SecretFileError as error:
        raise CommandError(str(error)) from error
    if _CODE.fullmatch(code) is None:
        raise CommandError("a code has 32 to 200 letters, digits, - and _, made at random")
    return code
