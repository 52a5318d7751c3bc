"""What the README files say is tried: commands, links, settings."""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from app.platform.settings import Settings, setting_name

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("app", "migrations", "mock_ngsp", "openapi", "tests")
INSTALL = "python3 -m venv .venv && .venv/bin/pip install -q -c .ci/constraints.txt -e"
SET_UP = [f"{INSTALL} . && .venv/bin/lgsp demo", f"{INSTALL} '.[dev]' && .venv/bin/pytest"]
CONSOLE = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
NAME = re.compile(r"\bLGSP_[A-Z_]+\b")


def readmes() -> list[Path]:
    nested = (path for folder in FOLDERS for path in (ROOT / folder).rglob("README.md"))
    return [ROOT / "README.md", *sorted(nested)]


def commands(text: str) -> list[list[str]]:
    """Return the words of each line of the console blocks."""
    lines = (line for block in CONSOLE.findall(text) for line in block.splitlines())
    return [shlex.split(line.removeprefix("$ ")) for line in lines if line.startswith("$ ")]


def broken_links(path: Path, text: str) -> Iterator[str]:
    for target in LINK.findall(text):
        if "://" in target:
            continue
        name, _, place = target.partition("#")
        file = path.parent / name if name else path
        if not file.exists() or (place and places(file).count(place) != 1):
            yield f"{path.relative_to(ROOT)}: {target}"


def places(file: Path) -> list[str]:
    """Return what links can lead to in a page: its headings, as GitHub names them."""
    headings = HEADING.findall(file.read_text(encoding="utf-8"))
    return [re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings]


def unknown_settings(text: str) -> set[str]:
    return set(NAME.findall(text)) - {setting_name(field) for field in Settings.model_fields}


class Shell:
    """A person at a prompt: what one line exports, the next ones have."""

    def __init__(self, folder: Path) -> None:
        inherited = os.environ  # noqa: TID251 -- passed on to our own program
        self._env = {name: inherited[name] for name in inherited if not name.startswith("LGSP_")}
        self._folder = folder

    def run(self, words: list[str]) -> int:
        """Run `lgsp …` or `export NAME=VALUE`; anything else is not understood."""
        program, *rest = words
        if program == "export":
            self._env |= dict([rest[0].split("=", 1)])
            return 0
        assert program == "lgsp", words
        done = subprocess.run(  # noqa: S603 -- our own program
            [sys.executable, "-m", "app.cli", *rest],
            env=self._env,
            cwd=self._folder,
            capture_output=True,
            check=False,
        )
        return done.returncode


def test_every_command_shown_works_in_order(tmp_path: Path) -> None:
    shown = [words for path in readmes() for words in commands(path.read_text(encoding="utf-8"))]
    shell = Shell(tmp_path)
    ended = [(shlex.join(words), shell.run(words)) for words in shown]
    assert [words for words, code in ended if code] == []
    assert (tmp_path / "lgsp.db").exists()


def test_the_two_set_up_commands_stand_word_for_word() -> None:
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if "venv" in line] == SET_UP


def test_every_relative_link_leads_to_a_file() -> None:
    found = [
        link for path in readmes() for link in broken_links(path, path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_every_setting_named_exists() -> None:
    named = {
        str(path.relative_to(ROOT)): unknown_settings(path.read_text(encoding="utf-8"))
        for path in readmes()
    }
    assert {path: names for path, names in named.items() if names} == {}


def test_a_broken_readme_would_be_seen(tmp_path: Path) -> None:
    text = (
        "```console\n$ lgsp settings\nname  default\n$ lgsp nonsense\n```\n"
        "[gone](nowhere.md) [there](README.md#running-a-province) [none](README.md#top) [far](https://example.vn)\n"
        "LGSP_PROVINCE LGSP_NONSENSE\n"
    )
    shell = Shell(tmp_path)
    assert [shell.run(words) for words in commands(text)] == [0, 2]
    assert list(broken_links(ROOT / "README.md", text)) == [
        "README.md: nowhere.md",
        "README.md: README.md#top",
    ]
    assert unknown_settings(text) == {"LGSP_NONSENSE"}
