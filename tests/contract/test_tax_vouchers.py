"""What the national portal tells of land taxes: what it says and what it is answered, judged."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from app.codes import AgencyCode
from app.facades.land.use_cases.systems import register
from app.platform.clock import FrozenClock
from app.platform.settings import Settings
from mock_ngsp.dvcqg.taxes import OPERATIONS, PAYMENT, STANDING, Taxes
from tests.contract import corrupted
from tests.contract.judges import description, faults_of_json
from tests.facades.born import SECRET, Born, born
from tests.facades.land_system import CODE, Land, handed_over

_FILE: Final = "dvcqg.yaml"
_SCHEMAS: Final = {PAYMENT: "ChungTuThue", STANDING: "ThongBaoThue"}
_NOTICE: Final = "TB-0001/2026"


@pytest.fixture
def engine() -> str:
    return "sqlite"


@pytest.fixture
def nation(settings: Settings, clock: FrozenClock, tmp_path: Path) -> Iterator[Born]:
    with born(settings, clock, tmp_path) as made:
        gateway, member = made.gateway, AgencyCode("H38")
        gateway.transact(register, clock, name="vbdlis", member=member, code=CODE)
        Land(gateway).done("GuiKetQuaThue", handed_over(gateway.client("H38")))
        yield made


def _said(nation: Born, operation: str) -> dict[str, Any]:
    return Taxes().body_of(operation, _NOTICE, nation.gateway.clock.now(), {})


def _answered(nation: Born, operation: str, body: Any) -> dict[str, Any]:
    headers = {"Authorization": f"Bearer {SECRET}"}
    answer = nation.gateway.http.post(f"/api/dvcqg/{operation}", json=body, headers=headers)
    said: dict[str, Any] = answer.json()
    assert faults_of_json(f"{_FILE}#/components/schemas/WriteResponse", said) == []
    return said


def _faults(operation: str, content: object) -> list[str]:
    return faults_of_json(f"{_FILE}#/components/schemas/{_SCHEMAS[operation]}", content)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_what_the_stand_in_says_is_what_is_described_and_taken_once(
    nation: Born, operation: str
) -> None:
    body = _said(nation, operation)
    assert _faults(operation, body) == []
    codes = [_answered(nation, operation, body)["error_code"] for _ in range(2)]
    assert codes == [0, 1]


@pytest.mark.parametrize("operation", OPERATIONS)
def test_a_misspelt_name_is_seen_by_the_description_and_named_by_the_gateway(
    nation: Born, operation: str
) -> None:
    mutants = [
        one
        for one in corrupted.of_json(_said(nation, operation), [])
        if one.fault.startswith("misspelt")
    ]
    assert len(mutants) >= 7
    for mutant in mutants:
        assert _faults(operation, mutant.content), mutant.fault
        said = _answered(nation, operation, mutant.content)
        assert said["error_code"] == -1, mutant.fault
        assert "không có trường này" in said["message"]


@pytest.mark.parametrize("operation", OPERATIONS)
def test_the_example_is_described_and_taken(nation: Born, operation: str) -> None:
    posting = description(_FILE)["paths"][f"/api/dvcqg/{operation}"]["post"]
    example = posting["requestBody"]["content"]["application/json"]["example"]
    assert _faults(operation, example) == []
    assert _answered(nation, operation, example)["error_code"] == 0


def test_every_name_of_the_notes_is_described() -> None:
    names = set(description(_FILE)["components"]["schemas"]["ChungTuThue"]["properties"])
    short = {"Tinh", "Huyen", "Xa"}
    assert short | {f"{name}NguoiNopTien" for name in (*short, "DiaChi", "HoTen", "SoCMT")} < names
    assert {"Nguon", "MaSoThue", "BienLai", "MaGCN", "MaKetQua", "DienGiai"} < names
