"""README.md says what is so."""

import re
import shlex
from pathlib import Path

import pytest
import typer
from starlette.testclient import TestClient
from typer.core import TyperGroup

import mock_ngsp
from mock_ngsp.control.wire import KNOWN_OPERATIONS
from mock_ngsp.main import cli
from mock_ngsp.ngsp.magic import Outcome
from mock_ngsp.settings import lines
from mock_ngsp.systems import DEFAULT_PASSWORD, DEFAULT_SYSTEMS, DEFAULT_USER
from mock_ngsp.vxp.refusals import Refusal

README = Path(mock_ngsp.__file__).with_name("README.md").read_text("utf-8")
COMMANDS = re.findall(r"^mock-ngsp (\w+)(.*)$", README, re.MULTILINE)
FOLDER = Path(mock_ngsp.__file__).parent


@pytest.mark.parametrize("line", lines())
def test_every_setting_is_described_with_its_default(line: str) -> None:
    setting, _, meaning = line.partition("  ")
    name, _, default = setting.partition("=")
    assert f"| `{name}` | `{default}` | {meaning} |" in README


@pytest.mark.parametrize("refusal", Refusal)
def test_every_refusal_of_the_axis_is_listed(refusal: Refusal) -> None:
    assert f"| {refusal.code} | {refusal.value[1]} |" in README


@pytest.mark.parametrize("system", DEFAULT_SYSTEMS)
def test_every_default_system_is_listed(system: object) -> None:
    row = [str(getattr(system, name)) for name in ("id", "secret", "member")]
    assert "| " + " | ".join(f"`{text}`" for text in row) + " |" in README


def test_the_default_account_is_told() -> None:
    assert f"`{DEFAULT_USER}`" in README
    assert f"`{DEFAULT_PASSWORD}`" in README


def test_every_operation_is_named() -> None:
    assert [name for name in KNOWN_OPERATIONS if f"`{name}`" not in README] == []


def test_every_control_route_is_described(client: TestClient) -> None:
    for path, methods in client.get("/openapi.json").json()["paths"].items():
        for method in methods:
            assert f"{method.upper()} {path}" in README


def test_the_mock_imports_nothing_of_the_gateway() -> None:
    for module in FOLDER.rglob("*.py"):
        assert not re.search(r"^\s*(?:from|import) app\b", module.read_text("utf-8"), re.MULTILINE)


@pytest.mark.parametrize(("name", "arguments"), COMMANDS)
def test_every_command_shown_is_understood(name: str, arguments: str) -> None:
    group = typer.main.get_command(cli)
    assert isinstance(group, TyperGroup)
    with group.commands[name].make_context(name, shlex.split(arguments)) as understood:
        assert understood.args == []


def test_magic_values_are_the_same_here_at_the_control_api_and_in_effect(
    client: TestClient,
) -> None:
    listed = client.get("/_axis/v1/magic").json()
    rows: dict[tuple[str, str], dict[str, str]] = {}
    for one in listed:
        rows.setdefault((one["service"], one["field"]), {})[one["outcome"]] = one["value"]
    for (service, field), values in rows.items():
        cells = " | ".join(f"`{values[outcome.value]}`" for outcome in Outcome)
        assert f"| {service} | {field} | {cells} |" in README
    shown = re.findall(r"^\| [\w-]+ \| \w+ \|(?: `[^`]+` \|){6}$", README, re.MULTILINE)
    assert len(shown) == len(rows)
