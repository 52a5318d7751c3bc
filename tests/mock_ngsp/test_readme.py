"""README.md says what is so."""

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import mock_ngsp
from mock_ngsp.control.wire import KNOWN_OPERATIONS
from mock_ngsp.settings import lines
from mock_ngsp.systems import DEFAULT_PASSWORD, DEFAULT_SYSTEMS, DEFAULT_USER
from mock_ngsp.vxp.refusals import Refusal

README = Path(mock_ngsp.__file__).with_name("README.md").read_text("utf-8")
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
