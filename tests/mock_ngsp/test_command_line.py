"""What the command line refuses, each with exit code 2 and the name of what is wrong."""

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
