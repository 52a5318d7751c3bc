"""What the command line refuses, each with exit code 2 and the name of what is wrong."""

import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from mock_ngsp.main import cli


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["serve", "--port", "x"], "--port"),
        (["serve", "--system", "H38"], "--system"),
        (["serve", "--system", "a b=secret"], "--system"),
        (["serve", "--system", "x:a b=secret"], "--system"),
        (["serve", "--systems", "/nowhere.json"], "--systems"),
        (["serve", "--dvcqg-user", "me"], "--dvcqg-user"),
        (["serve", "--dvcqg-user", "me", "--dvcqg-password-file", "/nowhere"], "nowhere"),
        (["serve", "--set", "session-ttl"], "--set"),
        (["serve", "--set", "session-ttl=soon"], "session_ttl"),
        (["serve", "--set", "spool-folder=/nowhere"], "spool_folder"),
        (["serve", "--set", "colour=blue"], "colour"),
        (["dance"], "dance"),
    ],
)
def test_a_usage_error_is_named_and_exits_with_2(arguments: list[str], told: str) -> None:
    done = CliRunner().invoke(cli, arguments)
    assert (done.exit_code, told in done.output) == (2, True), done.output


@pytest.mark.parametrize("arguments", [["--help"], ["serve", "--help"], ["settings"]])
def test_who_only_asks_does_not_wait_for_the_mock(arguments: list[str]) -> None:
    look = "import sys; from mock_ngsp.main import cli; cli(sys.argv[1:], standalone_mode=False)"
    look += (
        "; print([name for name in ('mock_ngsp.front', 'fastapi', 'lxml') if name in sys.modules])"
    )
    command = [sys.executable, "-c", look, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)  # noqa: S603 - our own
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize("content", ["{}", "[{}]", '[{"id":"x","secret":1,"member":"H38"}]', "["])
def test_a_systems_file_of_another_shape_exits_with_2(tmp_path: Path, content: str) -> None:
    file = tmp_path / "systems.json"
    file.write_text(content)
    assert CliRunner().invoke(cli, ["serve", "--systems", str(file)]).exit_code == 2


def test_an_empty_password_file_exits_with_2(tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_text("\n")
    given = ["serve", "--dvcqg-user", "me", "--dvcqg-password-file", str(file)]
    assert CliRunner().invoke(cli, given).exit_code == 2


def test_help_and_settings_name_what_can_be_given() -> None:
    shown = CliRunner().invoke(cli, ["serve", "--help"])
    listed = CliRunner().invoke(cli, ["settings"])
    assert (shown.exit_code, listed.exit_code) == (0, 0)
    assert "--dvcqg-user" in shown.output
    assert "session-ttl=1800" in listed.output
