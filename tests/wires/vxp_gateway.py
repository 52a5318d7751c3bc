"""The gateway's own axis as a target: a fresh gateway of H38 with two systems connected."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from app.cli.processes import Processes
from app.cli.staging import Nation, settle_province, start_gateway
from app.platform.sealing import new_sealing_key
from tests.wires.vxp_targets import Axis, Connected, Target

_SECRET = "bi-mat-cua-mot-he-thong-gia-dinh"
_HERE = Connected("000.00.01.H38", _SECRET, "000.00.01.H38", "000.00.13.H38")
_THERE = Connected("38.12.he-thong", _SECRET, "000.00.12.H38", "000.01.12.H38")
_ROOTS = {_HERE.system_id: ("H38.01", "H38"), _THERE.system_id: ("H38.12", "H38.12")}


@contextmanager
def gateway_axis(**settings: str) -> Iterator[Target]:
    """Start `lgsp serve` with no worker and no nation: both systems are the province's own."""
    with tempfile.TemporaryDirectory(prefix="lgsp-axis-") as name, Processes(Path(name)) as started:
        folder = Path(name)
        secret = _written(folder / "secret", _SECRET)
        nobody = Nation("http://127.0.0.1:9", {"H38": "invented"}, secret)
        province = settle_province(folder / "h38", nobody, "H38")
        key = _written(folder / "encryption.key", new_sealing_key())
        named = {f"LGSP_{name.upper()}": value for name, value in settings.items()}
        env = {**province.env, "LGSP_ENCRYPTION_KEY_FILE": str(key), **named}
        for system_id, (member, root) in _ROOTS.items():
            _connect(system_id, member, root, secret, env)
        start_gateway(started, replace(province, env=env))
        url = started["gateway-H38"].wait_ready()
        yield Axis((f"{url}/XrdAdapter/adapter", url), _HERE, _THERE, "000.00.00.G22")


def _connect(system_id: str, member: str, root: str, secret: Path, env: dict[str, str]) -> None:
    command = [sys.executable, "-m", "app.cli", "system", "add", system_id]
    command += ["--member", member, "--root", root, "--secret-file", str(secret)]
    subprocess.run(command, env={**os.environ, **env}, check=True, timeout=60)  # noqa: S603, TID251 -- our own command


def _written(file: Path, text: str) -> Path:
    file.write_text(text, encoding="utf-8")
    return file
