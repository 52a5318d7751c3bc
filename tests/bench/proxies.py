"""What the broker is measured against: nginx's `proxy_pass`, or a bare aiohttp proxy without it."""

import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import psutil

from app.cli.staging import free_port
from tests.bench.stage import Stage

ANSWER: Final = (
    '{"Data":{"MainInformation":{"ENTERPRISE_ID":1234567,"ENTERPRISE_GDT_CODE":"0109999991",'
    '"NAME":"CÔNG TY TNHH THỬ NGHIỆM"}},"DataCount":1,"Status":"1","Message":"success"}'
)
_HEAD: Final = """\
daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{ worker_connections 1024; }}
http {{
  access_log off; keepalive_requests 100000000;
  client_body_temp_path {folder}/1; proxy_temp_path {folder}/2; fastcgi_temp_path {folder}/3;
  uwsgi_temp_path {folder}/4; scgi_temp_path {folder}/5;
"""
_ANSWERING: Final = """\
  server {{ listen 127.0.0.1:{port}; location / {{
    default_type application/json; return 200 '{answer}'; }} }}
}}
"""
_PASSING: Final = """\
  upstream behind {{ server 127.0.0.1:{behind}; keepalive 64; keepalive_requests 100000000; }}
  server {{ listen 127.0.0.1:{port}; location / {{
    proxy_pass http://behind; proxy_http_version 1.1; proxy_set_header Connection ""; }} }}
}}
"""


@dataclass(frozen=True, slots=True)
class Floor:
    """A service that answers, and a proxy before it; `processes` are the proxy's."""

    service: int
    proxy: int
    processes: tuple[psutil.Process, ...]

    def seconds(self) -> float:
        """Return the CPU that the proxy has used."""
        return cpu_of(self.processes)


def cpu_of(processes: tuple[psutil.Process, ...]) -> float:
    """Return the CPU that processes have used, in seconds."""
    times = [one.cpu_times() for one in processes]
    return sum(one.user + one.system for one in times)


@contextmanager
def floor(stage: Stage) -> Iterator[Floor]:
    """Give both; says so if there is no nginx."""
    program = shutil.which("nginx")
    if program is None:
        print("no nginx: the floor is a bare aiohttp proxy …", file=sys.stderr, end=" ")
        service = stage.serve_process("answering", {"BENCH_ANSWER": ANSWER})
        env = {"BENCH_BEHIND": f"http://127.0.0.1:{service.port}"}
        proxy = stage.serve_process("passing", env)
        yield Floor(service.port, proxy.port, (psutil.Process(proxy.pid),))
        return
    service_port, proxy_port = free_port(), free_port()
    answering = _HEAD + _ANSWERING.replace("{answer}", ANSWER.replace("{", "{{").replace("}", "}}"))
    passing = _HEAD + _PASSING
    with (
        _nginx(program, answering, port=service_port, behind=0),
        _nginx(program, passing, port=proxy_port, behind=service_port) as processes,
    ):
        yield Floor(service_port, proxy_port, processes)


@contextmanager
def _nginx(
    program: str, form: str, *, port: int, behind: int
) -> Iterator[tuple[psutil.Process, ...]]:
    folder = Path(tempfile.mkdtemp(prefix="lgsp-nginx-"))
    file = folder / "nginx.conf"
    file.write_text(form.format(folder=folder, port=port, behind=behind), encoding="utf-8")
    process = subprocess.Popen([program, "-c", str(file)], stderr=subprocess.DEVNULL)  # noqa: S603 -- nginx
    try:
        master = psutil.Process(process.pid)
        while not (workers := master.children()) or not _listens(port):
            if process.poll() is not None:
                raise RuntimeError((folder / "error.log").read_text("utf-8"))
        yield tuple(workers)
    finally:
        process.terminate()
        process.wait()
        shutil.rmtree(folder)


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
