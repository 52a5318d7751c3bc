"""`lgsp system …`: document systems that sign their calls, as on the national axis."""

import re
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Final

import typer
from pydantic import SecretStr

from app.access.domain import System
from app.access.store import systems as store
from app.access.use_cases import systems as use_cases
from app.access.use_cases.systems import Connecting
from app.catalogue.use_cases import resolve_member
from app.cli.acting import act
from app.cli.failing import CommandError, SettingsError, read_settings
from app.cli.printing import JsonFlag, print_json, print_rows
from app.codes import AgencyCode
from app.platform.clock import VIETNAM, SystemClock
from app.platform.sealing import Sealer, SealingKeyError, UnopenableError, sealer_of
from app.platform.settings import SecretFileError, Settings, read_secret

app = typer.Typer(help="Hệ thống nối trục. / Connected systems.", no_args_is_help=True)

SYSTEM_ID: Final = re.compile(r"[A-Za-z0-9.\-]{1,70}", re.ASCII)
_SECRET: Final = "--secret-file"  # noqa: S105 -- the name of an option
SecretFile = Annotated[Path, typer.Option(_SECRET, help="File with the key the system signs with.")]


@app.command("add")
def add(
    system_id: Annotated[str, typer.Argument(help="The systemid it calls with.")],
    *,
    member: Annotated[str, typer.Option(help="Code of the member it serves.")],
    secret_file: SecretFile,
    root: Annotated[
        str | None, typer.Option(help="Top of the units it speaks for beside its member.")
    ] = None,
    since: Annotated[
        datetime | None,
        typer.Option(help="Its inbox begins with what came then (Vietnam time); default: now."),
    ] = None,
) -> None:
    """Nối một hệ thống. / Connect a system."""
    if SYSTEM_ID.fullmatch(system_id) is None:
        raise typer.BadParameter("1-70 letters, digits, dots or dashes", param_hint="SYSTEM_ID")
    settings = read_settings()
    asked = Connecting(
        system_id,
        _known(settings, member, "--member"),
        None if root is None else _known(settings, root, "--root"),
        None if since is None else since.replace(tzinfo=VIETNAM).astimezone(UTC),
    )
    secret = _secret(secret_file)
    act(
        settings,
        use_cases.register,
        SystemClock(),
        sealer_from(settings),
        asked=asked,
        secret=secret,
    )
    typer.echo(f"{system_id} connected")


@app.command("list")
def list_(*, as_json: JsonFlag = False) -> None:
    """Liệt kê hệ thống. / List systems, without their secrets."""
    rows = [_row(system) for system in act(read_settings(), store.every)]
    if as_json:
        print_json(rows)
    else:
        print_rows(("system_id", "member", "root", "created_at", "since", "revoked_at"), rows)


@app.command("rotate")
def rotate(
    system_id: Annotated[str, typer.Argument()],
    *,
    secret_file: SecretFile,
    overlap_hours: Annotated[
        float, typer.Option(min=0, max=24 * 90, help="How long the old key stays good.")
    ] = 24.0,
) -> None:
    """Đổi khoá. / Give a system a new key; the old one stays good for a while."""
    settings = read_settings()
    until = act(
        settings,
        use_cases.rotate,
        SystemClock(),
        sealer_from(settings),
        system_id=system_id,
        secret=_secret(secret_file),
        overlap=timedelta(hours=overlap_hours),
    )
    typer.echo(f"{system_id} rotated; the former key is good until {until.isoformat()}")


@app.command("revoke")
def revoke(system_id: Annotated[str, typer.Argument()]) -> None:
    """Ngắt một hệ thống. / Revoke a system; when this returns, no gateway answers it."""
    settings = read_settings()
    act(settings, use_cases.revoke, SystemClock(), system_id=system_id)
    # Every gateway may still hold the system's row for so long, and no longer.
    time.sleep(settings.client_cache_seconds)
    typer.echo(f"{system_id} revoked")


@app.command("reseal")
def reseal() -> None:
    """Mã hoá lại khoá đang giữ. / Keep all secrets under the present encryption key.

    After this LGSP_PREVIOUS_ENCRYPTION_KEY_FILE is not needed any more.
    """
    settings = read_settings()
    try:
        number = act(settings, use_cases.reseal, SystemClock(), sealer_from(settings))
    except UnopenableError as error:
        raise CommandError(str(error)) from error
    typer.echo(f"{number} resealed")


def _known(settings: Settings, code: str, option: str) -> AgencyCode:
    try:
        found = AgencyCode(code)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint=option) from None
    return act(settings, resolve_member, SystemClock(), found, pointer=option).code


def _secret(file: Path) -> SecretStr:
    try:
        return read_secret(_SECRET, file)
    except SecretFileError as error:
        raise typer.BadParameter(str(error), param_hint=_SECRET) from None


def sealer_from(settings: Settings) -> Sealer:
    """Return what keeps secrets.

    Raises:
        SettingsError: if no key is set for it, or it cannot be read.
    """
    try:
        sealer = sealer_of(settings)
    except (SecretFileError, SealingKeyError) as error:
        raise SettingsError(f"LGSP_ENCRYPTION_KEY_FILE: {error}") from None
    if sealer is None:
        raise SettingsError(
            "LGSP_ENCRYPTION_KEY_FILE is not set: secrets are kept under it "
            "(`lgsp key FILE --kind encryption` makes one)"
        )
    return sealer


def _row(system: System) -> dict[str, object]:
    return {
        "system_id": system.system_id,
        "member": str(system.member),
        "root": system.root and str(system.root),
        "created_at": system.created_at.isoformat(),
        "since": system.since.isoformat(),
        "revoked_at": system.revoked_at and system.revoked_at.isoformat(),
    }
