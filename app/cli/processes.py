"""Starting our own programs as real processes, and ending them by their pid."""

import json
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from app.cli.failing import CommandError

_READY_WITHIN = 60.0
_END_WITHIN = 15.0


class Process:
    """One running program of ours. Its log goes to a file."""

    def __init__(
        self, name: str, command: Sequence[str], *, env: Mapping[str, str], log: Path
    ) -> None:
        self.name = name
        self._log = log
        with log.open("ab") as output:
            self._running = subprocess.Popen(  # noqa: S603 -- our own interpreter and modules
                [sys.executable, "-m", *command],
                env={**os.environ, "PYTHONUNBUFFERED": "1", **env},  # noqa: TID251 -- passed on
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=output,
                text=True,
                encoding="utf-8",
                start_new_session=True,
            )
        self._lines: queue.Queue[str] = queue.Queue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self._running.stdout is not None  # noqa: S101 -- we asked for a pipe
        for line in self._running.stdout:
            self._lines.put(line)
        self._lines.put("")

    @property
    def pid(self) -> int:
        """The process id."""
        return self._running.pid

    def wait_ready(self) -> str:
        """Return the URL of the ready line ("" for a process that serves none).

        Raises:
            CommandError: if the process ended or did not become ready in time.
        """
        try:
            line = self._lines.get(timeout=_READY_WITHIN)
            ready: dict[str, Any] = json.loads(line)
        except (queue.Empty, ValueError):
            self.end()
            raise CommandError(f"{self.name} did not start:\n{self._tail()}") from None
        return ready.get("url") or ""

    def _tail(self) -> str:
        lines = self._log.read_text(encoding="utf-8", errors="replace").splitlines()
        return "\n".join(lines[-15:])

    def has_ended(self) -> bool:
        """Tell whether the process is gone."""
        return self._running.poll() is not None

    def kill(self) -> None:
        """End it at once, as a power cut would."""
        self._running.kill()
        self._running.wait()
        self._close()

    def _close(self) -> None:
        self._reader.join()
        if self._running.stdout is not None:
            self._running.stdout.close()

    def end(self) -> int:
        """Ask it to end, wait, and return its exit code; kill it if it does not obey."""
        if not self.has_ended():
            self._running.send_signal(signal.SIGTERM)
        try:
            code = self._running.wait(timeout=_END_WITHIN)
        except subprocess.TimeoutExpired:
            self.kill()
            code = self._running.wait()
        self._close()
        return code


class Processes:
    """Several programs that end together, the last started first."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._started: dict[str, Process] = {}

    def start(self, name: str, command: Sequence[str], env: Mapping[str, str]) -> Process:
        """Start a program; a second one of the same name takes the place of the first."""
        log = self._folder / f"{name}.log"
        self._started[name] = Process(name, command, env=env, log=log)
        return self._started[name]

    def __getitem__(self, name: str) -> Process:
        return self._started[name]

    def pids(self) -> dict[str, int]:
        """Return the process ids by name."""
        return {name: process.pid for name, process in self._started.items()}

    def ended(self) -> str | None:
        """Return the name of a program that has ended by itself, if any."""
        return next((name for name, p in self._started.items() if p.has_ended()), None)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        for process in reversed(self._started.values()):
            process.end()
