"""`lgsp broker credential …`: how we show ourselves to the services behind the broker."""

from pathlib import Path
from typing import Annotated, Final

import typer
from pydantic import SecretStr

from app.broker.domain.credentials import NAME, Credential, CredentialKind
from app.broker.store import credentials as store
from app.broker.use_cases import credentials as use_cases
from app.broker.use_cases.credentials import Keeping
from app.cli.acting import act
from app.cli.failing import CommandError, SettingsError, read_settings
from app.cli.printing import JsonFlag, print_json, print_rows
from app.platform.clock import SystemClock
from app.platform.sealing import Sealer, SealingKeyError, UnopenableError, sealer_of
from app.platform.settings import SecretFileError, Settings, read_secret

app = typer.Typer(
    help="Thông tin xác thực với dịch vụ. / Credentials for services.", no_args_is_help=True
)

_SECRET: Final = "--secret-file"  # noqa: S105 -- the name of an option
SecretFile = Annotated[Path, typer.Option(_SECRET, help="File with the secret or password.")]
Name = Annotated[str, typer.Argument(help="What services name it by (`credential`).")]


@app.command("add")
def add(
    name: Name,
    *,
    kind: Annotated[CredentialKind, typer.Option(help="How it is shown.")],
    secret_file: SecretFile,
    fact: Annotated[
        list[str] | None,
        typer.Option(
            help="NAME=VALUE, as often as needed: token_url, client_id, sent_in (header, form), "
            "scope | user, hashed_url, unit (milliseconds, seconds) | field | login_url, user, "
            "field, seconds, expired_field, expired_codes (A,B or -) | header, prefix. Of every "
            "kind: shown_to (https://host,https://host:port), the only servers that it is for."
        ),
    ] = None,
) -> None:
    """Giữ thông tin xác thực. / Keep a credential."""
    if NAME.fullmatch(name) is None:
        raise typer.BadParameter("1-64 small letters, digits, dots, dashes", param_hint="NAME")
    facts = {}
    for one in fact or []:
        said, sign, value = one.partition("=")
        if not sign:
            raise typer.BadParameter(f"{one!r} is not NAME=VALUE", param_hint="--fact")
        facts[said] = value
    settings = read_settings()
    asked, secret = Keeping(name, kind, facts), _secret(secret_file)
    act(settings, use_cases.keep, SystemClock(), _sealer(settings), asked=asked, secret=secret)
    typer.echo(f"{name} kept")


@app.command("list")
def list_(*, as_json: JsonFlag = False) -> None:
    """Liệt kê. / List credentials, without their secrets, closed ones too."""
    rows = [_row(one) for one in act(read_settings(), store.every)]
    if as_json:
        print_json(rows)
    else:
        print_rows(("name", "kind", "facts", "created_at", "changed_at", "closed_at"), rows)


@app.command("rotate")
def rotate(name: Name, *, secret_file: SecretFile) -> None:
    """Đổi bí mật. / Keep a new secret in the place of the old one."""
    settings = read_settings()
    secret = _secret(secret_file)
    act(settings, use_cases.rotate, SystemClock(), _sealer(settings), name=name, secret=secret)
    typer.echo(f"{name} rotated")


@app.command("close")
def close(name: Name) -> None:
    """Đóng. / Forget the secret; services that want it cannot be called any more."""
    act(read_settings(), use_cases.close, SystemClock(), name=name)
    typer.echo(f"{name} closed")


@app.command("reseal")
def reseal() -> None:
    """Mã hoá lại. / Keep all secrets under the present encryption key."""
    settings = read_settings()
    try:
        number = act(settings, use_cases.reseal, SystemClock(), _sealer(settings))
    except UnopenableError as error:
        raise CommandError(str(error)) from error
    typer.echo(f"{number} resealed")


def _secret(file: Path) -> SecretStr:
    try:
        return read_secret(_SECRET, file)
    except SecretFileError as error:
        raise typer.BadParameter(str(error), param_hint=_SECRET) from None


def _sealer(settings: Settings) -> Sealer:
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


def _row(one: Credential) -> dict[str, object]:
    return {
        "name": one.name,
        "kind": one.kind.value,
        "facts": " ".join(f"{name}={value}" for name, value in sorted(one.facts.items())),
        "created_at": one.created_at.isoformat(),
        "changed_at": one.changed_at.isoformat(),
        "closed_at": one.closed_at and one.closed_at.isoformat(),
    }
