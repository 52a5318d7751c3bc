"""There is no engine to build the image with, so the recipe itself is read."""

import json
import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LINES = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ").splitlines()


def arguments(word: str) -> list[str]:
    return [
        line.strip().removeprefix(word).strip() for line in LINES if line.strip().startswith(word)
    ]


def test_every_copied_source_exists() -> None:
    local = [line.split()[:-1] for line in arguments("COPY ") if not line.startswith("--from")]
    missing = [source for sources in local for source in sources if not (ROOT / source).exists()]
    assert local
    assert missing == []


def test_every_command_is_one_the_package_installs() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    known = {*project["scripts"], "python"}
    commands = [json.loads(found) for found in re.findall(r"CMD (\[.*\])", "\n".join(LINES))]
    assert {command[0] for command in commands} <= known
    assert ["lgsp", "serve"] in [command[:2] for command in commands]


def test_it_is_built_in_stages_and_does_not_run_as_root() -> None:
    assert len(arguments("FROM ")) == 2
    assert arguments("USER ") == ["lgsp"]
    assert any(line.startswith("HEALTHCHECK") for line in LINES)
