"""`lgsp` as an administrator runs it: a real process with an environment of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

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

    def run(self, *words: str, **env: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(  # noqa: S603 -- our own program
            [sys.executable, "-m", "app.cli", *words],
            env=self.env | env,
            capture_output=True,
            text=True,
            cwd=ROOT,
            check=False,
        )

    def ok(self, *words: str) -> str:
        done = self.run(*words)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def json(self, *words: str) -> Any:
        return json.loads(self.ok(*words, "--json"))
