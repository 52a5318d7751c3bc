"""`lgsp doctor`: what it looks at, and what it says."""

import asyncio
import shutil
import socket
from collections.abc import AsyncIterator
from dataclasses import asdict, dataclass
from datetime import timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path

import httpx
import typer
from pydantic import AnyHttpUrl
from sqlalchemy import Connection, make_url
from sqlalchemy.exc import DBAPIError

import app.access.tables
import app.broker.tables.credentials
import app.errands.tables
import app.exchange.tables
import app.notices.tables
import app.webhooks.tables  # noqa: F401 -- tables with sealed values
from app.access.tokens import SigningKey, SigningKeyError
from app.access.use_cases import systems
from app.broker.use_cases import credentials
from app.cli.acting import open_from
from app.cli.failing import read_settings
from app.cli.printing import JsonFlag, console, print_json
from app.platform.clock import SystemClock
from app.platform.database import DatabaseUnavailableError
from app.platform.migration import newest, present
from app.platform.sealed_under import shares
from app.platform.sealing import Sealer, SealingKeyError, sealer_of
from app.platform.settings import SecretFileError, Settings, mistaken_names, read_secret
from app.webhooks.use_cases import sealing as webhooks

_LEAST_FREE = 1024**3
_CLOCK_MAY_DIFFER = timedelta(seconds=30)
_SECRETS = (
    "vxp_secret_file", "dvcqg_password_file", "payment_secret_file", "sms_secret_file",
    "zalo_secret_file", "mail_password_file", "ngsp_secret_file", "population_secret_file",
    "population_api_key_file", "land_client_secret_file", "land_password_file",
    "judicial_code_file",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Finding:
    """One check and what it found."""

    check: str
    ok: bool
    finding: str


def doctor(*, as_json: JsonFlag = False) -> None:
    """Khám hệ thống. / Check settings, database, national side, clock and disk."""
    findings = asyncio.run(check_up(read_settings()))
    if as_json:
        print_json([asdict(found) for found in findings])
    else:
        for found in findings:
            mark = "[green]ok[/green]  " if found.ok else "[red]FAIL[/red]"
            console.print(f"{mark} {found.check}: {found.finding}")
    if not all(found.ok for found in findings):
        raise typer.Exit(1)


async def check_up(settings: Settings) -> list[Finding]:
    """Run every check; none of them changes anything."""
    found = [_names(), *_keys(settings), *_secrets(settings), _disk(settings)]
    file = _file_of(settings)
    if file is not None and not file.exists():  # To connect to it would make it.
        found.append(Finding("database", ok=False, finding="not there: run `lgsp migrate`"))
    else:
        looks = (_database, _sealed, _credentials)
        found += [await look(settings) for look in looks]
    return found + [finding async for finding in _nation(settings)]


def _names() -> Finding:
    wrong = mistaken_names()
    return Finding("settings", ok=not wrong, finding="; ".join(wrong) or "all names are known")


def _keys(settings: Settings) -> list[Finding]:
    if settings.signing_key_file is None:
        return [Finding("LGSP_SIGNING_KEY_FILE", ok=False, finding="not set")]
    try:
        SigningKey.read(settings.signing_key_file)
    except SigningKeyError as error:
        return [Finding("LGSP_SIGNING_KEY_FILE", ok=False, finding=str(error).partition(": ")[2])]
    return [Finding("LGSP_SIGNING_KEY_FILE", ok=True, finding="an ES256 key")]


def _secrets(settings: Settings) -> list[Finding]:
    findings = []
    named = [(f"LGSP_{field.upper()}", getattr(settings, field)) for field in _SECRETS]
    named += [("LGSP_VXP_SYSTEMS", one.secret_file) for one in settings.axis_systems]
    for name, file in named:
        if file is None:
            findings.append(Finding(name, ok=True, finding="not set: this axis is not connected"))
            continue
        try:
            read_secret(name, file)
        except SecretFileError as error:
            findings.append(Finding(name, ok=False, finding=str(error)))
        else:
            findings.append(Finding(name, ok=True, finding="readable"))
    return findings


async def _database(settings: Settings) -> Finding:
    async with open_from(settings) as database:
        try:
            revision = await database.read(present)
        except DatabaseUnavailableError:
            return Finding("database", ok=False, finding="cannot be reached")
    if revision != newest():
        finding = f"at {revision or 'nothing'}, newest is {newest()}: run `lgsp migrate`"
        return Finding("database", ok=False, finding=finding)
    return Finding("database", ok=True, finding=f"{database.dialect}, migrated")


async def _sealed(settings: Settings) -> Finding:
    name = "LGSP_ENCRYPTION_KEY_FILE"
    try:
        sealer = sealer_of(settings)
    except (SecretFileError, SealingKeyError) as error:
        return Finding(name, ok=False, finding=str(error))
    async with open_from(settings) as database:
        try:
            kept = await database.read(shares)
            lost = await database.read(_unopenable, sealer)
        except (DatabaseUnavailableError, DBAPIError):
            return Finding(name, ok=True, finding="what is kept could not be looked at")
    known = frozenset[str]() if sealer is None else sealer.key_ids
    wrong = [
        f"key {one.key_id} is missing: {one.number} of {one.column}"
        for one in kept
        if one.key_id not in known
    ]
    if lost:
        wrong.append(f"does not open the secrets of {', '.join(lost)}")
    if wrong:
        return Finding(name, ok=False, finding="; ".join(wrong))
    if sealer is None:
        return Finding(name, ok=True, finding="not set: no document system, no webhook")
    return Finding(name, ok=True, finding="opens all that is kept sealed")


def _unopenable(connection: Connection, sealer: Sealer | None) -> list[str]:
    """Return whose secrets do not open; there are few, and each is tried."""
    if sealer is None:
        return []
    return [*systems.unopenable(connection, sealer), *webhooks.unopenable(connection, sealer)]


async def _credentials(settings: Settings) -> Finding:
    name = "services"
    async with open_from(settings) as database:
        try:
            missing = await database.read(credentials.missing)
        except (DatabaseUnavailableError, DBAPIError):
            return Finding(name, ok=True, finding="could not be looked at")
    if missing:
        named = "; ".join(f"{key}: {', '.join(names)}" for key, names in missing.items())
        return Finding(name, ok=False, finding=f"their credentials are not kept: {named}")
    return Finding(name, ok=True, finding="have the credentials they name")


def _file_of(settings: Settings) -> Path | None:
    """Return where a SQLite database is; None for another."""
    url = make_url(settings.database_url)
    return Path(url.database or ".") if url.get_backend_name() == "sqlite" else None


def _disk(settings: Settings) -> Finding:
    folder = (_file_of(settings) or Path()).resolve().parent
    free = shutil.disk_usage(folder).free
    finding = f"{free // 1024**2} MiB free where the data is"
    return Finding("disk", ok=free >= _LEAST_FREE, finding=finding)


async def _nation(settings: Settings) -> AsyncIterator[Finding]:
    addresses = {
        "LGSP_VXP_URL": settings.vxp_url,
        "LGSP_DVCQG_URL": settings.dvcqg_url,
        "LGSP_PAYMENT_URL": settings.payment_url,
    }
    for name, url in addresses.items():
        if url is None:
            yield Finding(name, ok=True, finding="not set: this axis is not connected")
        else:
            yield await _reach(name, url)


async def _reach(name: str, url: AnyHttpUrl) -> Finding:
    async with httpx.AsyncClient(timeout=5, trust_env=False, follow_redirects=False) as http:
        try:
            answer = await http.get(str(url))
        except (httpx.HTTPError, socket.gaierror) as error:
            return Finding(name, ok=False, finding=f"does not answer ({type(error).__name__})")
    skew = _skew(answer.headers.get("date"))
    if skew is not None and skew > _CLOCK_MAY_DIFFER:
        finding = f"answers, and its clock is {skew.total_seconds():.0f} s away from ours"
        return Finding(name, ok=False, finding=finding)
    return Finding(name, ok=True, finding=f"answers (HTTP {answer.status_code}), clocks agree")


def _skew(date: str | None) -> timedelta | None:
    if date is None:
        return None
    try:
        theirs = parsedate_to_datetime(date)
    except ValueError:
        return None
    return abs(SystemClock().now() - theirs)
