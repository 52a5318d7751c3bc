"""Setting a stage: the pretend nation, and provinces with gateway and worker, on loopback."""

import asyncio
import json
import os
import secrets
import socket
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.access import use_cases as access
from app.access.domain import Scope
from app.access.tokens import new_key_pem
from app.catalogue.use_cases import seed_if_empty
from app.cli.acting import act, open_from
from app.cli.processes import Processes
from app.codes import AgencyCode
from app.evidence.domain import SystemActor
from app.platform.clock import SystemClock
from app.platform.migration import migrate
from app.platform.sealing import new_sealing_key
from app.platform.settings import Settings

HOST = "127.0.0.1"
_PORTAL_USER = "lgsp-demo"


@dataclass(frozen=True, slots=True)
class Nation:
    """The running mock, and the invented secrets it shares with each province."""

    url: str
    secrets: Mapping[str, str]
    password_file: Path


@dataclass(frozen=True, slots=True)
class Province:
    """A running gateway with its worker, and a client that may do everything there."""

    code: str
    url: str
    env: Mapping[str, str]
    client_id: str
    client_secret: str


def free_port() -> int:
    """Return a port that nobody listens on just now."""
    with socket.create_server((HOST, 0)) as probe:
        return int(probe.getsockname()[1])


def write_secret(file: Path, text: str | bytes) -> Path:
    """Write a file that only its owner can read."""
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as output:
        output.write(text.encode() if isinstance(text, str) else text)
    return file


def system_id(code: str) -> str:
    """Return the code under which a province's gateway is known to the axis."""
    return AgencyCode(code).qcvn or code


def found_nation(
    processes: Processes,
    folder: Path,
    codes: tuple[str, ...],
    *,
    port: int = 0,
    settings: Sequence[str] = (),
) -> Nation:
    """Start the mock with one system for each of these first-level codes.

    `settings` are its own, each `NAME=VALUE`.
    """
    shared = {code: secrets.token_urlsafe(32) for code in codes}
    rows = [{"id": system_id(code), "secret": shared[code], "member": code} for code in codes]
    systems = write_secret(folder / "systems.json", json.dumps(rows))
    password = write_secret(folder / "portal-password", secrets.token_urlsafe(24))
    command = ["mock_ngsp", "serve", "--host", HOST, "--port", str(port)]
    command += ["--systems", str(systems)]
    command += ["--dvcqg-user", _PORTAL_USER, "--dvcqg-password-file", str(password)]
    command += [word for setting in settings for word in ("--set", setting)]
    url = processes.start("nation", command, {}).wait_ready()
    return Nation(url, shared, password)


def settle_province(
    folder: Path, nation: Nation, code: str, *, port: int = 0, database_url: str | None = None
) -> Province:
    """Prepare a province: keys, secrets, a migrated database with the seed, and a client."""
    folder.mkdir(parents=True, exist_ok=True)
    port = port or free_port()
    url = f"http://{HOST}:{port}"
    key = folder / "signing-key.pem"
    if not key.exists():
        write_secret(key, new_key_pem())
    sealing = folder / "encryption.key"
    if not sealing.exists():
        write_secret(sealing, new_sealing_key())
    secret = write_secret(folder / "axis-secret", nation.secrets[code])
    env = {
        "LGSP_DATABASE_URL": database_url or f"sqlite:///{folder / 'lgsp.db'}",
        "LGSP_PROVINCE": code,
        "LGSP_PUBLIC_URL": url,
        "LGSP_SIGNING_KEY_FILE": str(key),
        "LGSP_ENCRYPTION_KEY_FILE": str(sealing),
        "LGSP_VXP_URL": nation.url,
        "LGSP_VXP_SYSTEM_ID": system_id(code),
        "LGSP_VXP_SECRET_FILE": str(secret),
        "LGSP_VXP_POLL_SECONDS": "0.5",
        "LGSP_DVCQG_URL": nation.url,
        "LGSP_DVCQG_USERNAME": _PORTAL_USER,
        "LGSP_DVCQG_PASSWORD_FILE": str(nation.password_file),
        "LGSP_RETRY_FIRST_SECONDS": "0.2",
    }
    client_id, client_secret = _prepare(env, code)
    return Province(code, url, env, client_id, client_secret)


def _prepare(env: Mapping[str, str], code: str) -> tuple[str, str]:
    settings = Settings(database_url=env["LGSP_DATABASE_URL"], province=code)
    clock = SystemClock()

    async def bring_up() -> None:
        async with open_from(settings) as database:
            await migrate(database)

    asyncio.run(bring_up())
    act(settings, seed_if_empty, clock, SystemActor("system:administrator", code))
    client, secret = act(
        settings,
        access.register,
        clock,
        name=f"demo {code}",
        member=AgencyCode(code),
        scopes=[scope.value for scope in Scope],
    )
    return client.client_id, secret


def start_gateway(processes: Processes, province: Province, *, number: int = 1) -> None:
    """Start the gateway, in so many processes; it is not waited for."""
    port = province.url.rpartition(":")[2]
    command = ["app.cli", "serve", "--host", HOST, "--port", port, "--processes", str(number)]
    processes.start(f"gateway-{province.code}", command, province.env)


def start_worker(processes: Processes, province: Province) -> None:
    """Start the worker; it is not waited for."""
    processes.start(f"worker-{province.code}", ["app.cli", "worker"], province.env)
