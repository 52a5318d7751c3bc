"""`lgsp` as an administrator runs it: with an environment of its own, in a process or in ours."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from typer.testing import CliRunner
from typing_extensions import override

from app.cli.root import main

ROOT = Path(__file__).resolve().parents[2]


class Shell:
    """Runs `lgsp` with an environment of its own."""

    def __init__(self, folder: Path) -> None:
        inherited = os.environ  # noqa: TID251 -- passed on to our own program
        self.env = {
            **{name: value for name, value in inherited.items() if not name.startswith("LGSP_")},
            "LGSP_DATABASE_URL": f"sqlite:///{folder / 'lgsp.db'}",
            "LGSP_SIGNING_KEY_FILE": str(folder / "key.pem"),
        }

    @property
    def inside(self) -> "Inside":
        """The same without a process of its own, which takes two seconds to begin."""
        return Inside(self)

    def run(self, *words: str, **env: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(  # noqa: S603 -- our own program
            [sys.executable, "-m", "app.cli", *words],
            env=self.env | env,
            capture_output=True,
            text=True,
            cwd=ROOT,
            check=False,
        )

    @contextmanager
    def staying(
        self,
        *words: str,
        errors: int = subprocess.DEVNULL,
        before: Callable[[], None] | None = None,
        **env: str,
    ) -> Iterator[subprocess.Popen[str]]:
        """Run a command that stays, in a process of its own; it is killed in the end.

        `before` is called in that process when it is still ours.
        """
        with subprocess.Popen(  # noqa: S603 -- our own program
            [sys.executable, "-m", "app.cli", *words],
            env=self.env | env,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            cwd=ROOT,
            start_new_session=True,
            preexec_fn=before,  # noqa: PLW1509 -- it calls the system, nothing else
        ) as process:
            try:
                yield process
            finally:
                process.kill()

    def ok(self, *words: str) -> str:
        done = self.run(*words)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def json(self, *words: str) -> Any:
        return json.loads(self.ok(*words, "--json"))


def first(stream: IO[str] | None) -> Any:
    """Return the next line of a program's output, which is JSON."""
    assert stream is not None
    return json.loads(stream.readline())


class Inside(Shell):
    """Runs `lgsp` inside this process: the same command line, output and exit code."""

    def __init__(self, outer: Shell) -> None:
        self.env = outer.env

    @override
    def run(self, *words: str, **env: str) -> subprocess.CompletedProcess[str]:
        inherited = os.environ  # noqa: TID251 -- hidden from our own program
        hidden = dict.fromkeys(name for name in inherited if name.startswith("LGSP_"))
        seen = hidden | self.env | env
        code = 0
        with CliRunner().isolation(env=seen) as (out, err, _):
            try:
                main(words)
            except SystemExit as end:
                code = int(end.code or 0)
            told = [stream.getvalue().decode() for stream in (out, err)]
        return subprocess.CompletedProcess(words, code, *told)
