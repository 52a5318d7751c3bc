"""The shared services that tell of people and enterprises: both sides against the descriptions."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import xmlschema
import yaml
from lxml import etree

from app.lookups.schemas.civil_status import DEATH, MARRIAGE
from mock_ngsp.ngsp import people, seed
from mock_ngsp.ngsp.magic import Outcome
from mock_ngsp.ngsp.registry import MAGIC, OPERATIONS
from mock_ngsp.record import Wanted
from mock_ngsp.wire import Axis
from tests.builders import a_dossier, seed_catalogue
from tests.contract import corrupted
from tests.contract.judges import OPENAPI, description, faults_of_json
from tests.gateway import Gateway
from tests.lookups.matrix import ROWS, Row
from tests.lookups.nation import Nation
from tests.lookups.test_civil_status import submission

_FILES = ("ngsp_enterprises.yaml", "ngsp_people.yaml")
_OURS = ("enterprises", "population", "civil-status", "insurance")
_ROWS = [row for row in ROWS if row.service in _OURS]
_CHECKS = (31, 29, 23, 19, 17, 13, 7, 5, 3)


@pytest.fixture
def engine() -> str:
    return "sqlite"


@pytest.fixture(scope="module")
def soap() -> xmlschema.XMLSchema10:
    return xmlschema.XMLSchema10(str(OPENAPI / "soap11.xsd"))


def _said(nation: Nation) -> Iterator[tuple[str, str, Any]]:
    """Yield path, direction and content of every call of a described service so far."""
    entries, _ = nation.universe.record.page(Wanted(Axis.NGSP, None, 0, 10_000))
    for entry in entries:
        call = entry.call
        yield call.operation, "asked", call.body
        if call.forced is None:
            yield call.operation, "told", call.answer().body


def _schema(operation: str, direction: str) -> str | None:
    """Return the schema that describes what goes one way; None for what is XML or has no body."""
    for file in _FILES:
        for path, methods in description(file)["paths"].items():
            context, *rest = path.strip("/").split("/")
            if "/".join([context, *(one for one in rest if one != "1.0")]) != operation:
                continue
            ((method, said),) = methods.items()
            if direction == "asked" and method == "get":
                return None
            held = said["requestBody"] if direction == "asked" else said["responses"]["200"]
            found = held["content"].get("application/json")
            if found is None:
                return None
            way = f"{'get' if method == 'get' else 'post'}"
            place = path.replace("/", "~1")
            inner = "requestBody" if direction == "asked" else "responses/200"
            return f"{file}#/paths/{place}/{way}/{inner}/content/application~1json/schema"
    return None


def _faults(nation: Nation, soap: xmlschema.XMLSchema10) -> tuple[int, list[str]]:
    """Judge everything that was said; return how much that was and what is wrong with it."""
    judged, wrong = 0, []
    for operation, direction, body in _said(nation):
        if body.lstrip().startswith(b"<"):
            judged += 1
            root = etree.fromstring(body)
            wrong += [f"{operation}: {fault.reason}" for fault in soap.iter_errors(root)]
        elif (schema := _schema(operation, direction)) is not None and _is_json(body):
            content = json.loads(body)
            if direction == "told" and isinstance(content, dict) and "fault" in content:
                continue
            judged += 1
            wrong += [f"{operation}: {fault}" for fault in faults_of_json(schema, content)]
    return judged, wrong


def _is_json(body: bytes) -> bool:
    try:
        json.loads(body)
    except ValueError:
        return False
    return True


@pytest.mark.parametrize("row", _ROWS, ids=lambda row: row.id)
def test_what_is_asked_and_told_is_as_described(
    gateway: Gateway, tmp_path: Path, row: Row, soap: xmlschema.XMLSchema10
) -> None:
    seed_catalogue(gateway)
    nation = Nation(gateway, tmp_path).connect(**row.settings)
    api = gateway.client("H38")
    for outcome in (Outcome.FOUND, Outcome.NOT_FOUND, Outcome.REFUSED):
        value = row.value(outcome)
        if row.of_dossier:
            api.post("/v1/dossiers", json=a_dossier(code=value))
        assert api.post(row.address, json=row.body(value)).status_code in {200, 502}
    judged, wrong = _faults(nation, soap)
    assert wrong == []
    assert judged >= 2


@pytest.mark.parametrize("generation", [1, 2])
def test_a_birth_is_submitted_and_finished_as_described(
    gateway: Gateway, tmp_path: Path, generation: int, soap: xmlschema.XMLSchema10
) -> None:
    seed_catalogue(gateway)
    nation = Nation(gateway, tmp_path).connect(ngsp_civil_status_generation=generation)
    code = submission()["dossier_code"]
    gateway.client("H38").post("/v1/dossiers", json=a_dossier(code=code))
    asked = {"dossier_code": code, "unit": 9001, "kind": "birth"}
    address = "/v1/lookups/civil-status"
    gateway.client("H38").post(f"{address}/births", json=submission())
    for _ in range(3):
        gateway.client("H38").post(f"{address}/results", json=asked)
        gateway.clock.advance(timedelta(days=1))
    judged, wrong = _faults(nation, soap)
    assert wrong == []
    assert judged >= 4
    sent = next(json.loads(body) for _, way, body in _said(nation) if way == "asked" and body)
    assert faults_of_json("ngsp_people.yaml#/components/schemas/BirthForm", _form(sent)) == []


@pytest.mark.parametrize("generation", [1, 2])
@pytest.mark.parametrize("kind", ["death", "marriage"])
def test_a_death_and_a_marriage_are_submitted_and_finished_as_described(
    gateway: Gateway, tmp_path: Path, soap: xmlschema.XMLSchema10, generation: int, kind: str
) -> None:
    body = DEATH if kind == "death" else MARRIAGE
    reference = f"ngsp_people.yaml#/components/schemas/{kind.title()}Form"
    seed_catalogue(gateway)
    nation = Nation(gateway, tmp_path).connect(ngsp_civil_status_generation=generation)
    code = body["dossier_code"]
    gateway.client("H38").post("/v1/dossiers", json=a_dossier(code=code))
    address = "/v1/lookups/civil-status"
    taken = gateway.client("H38").post(f"{address}/{kind}s", json=body)
    assert taken.status_code == 201, taken.text
    gateway.clock.advance(timedelta(days=3))
    asked = {"dossier_codes": [code], "unit": 9001, "kind": kind}
    gateway.client("H38").post(f"{address}/result-lists", json=asked)
    judged, wrong = _faults(nation, soap)
    assert wrong == []
    assert judged >= 3
    sent = next(json.loads(body) for _, way, body in _said(nation) if way == "asked" and body)
    form = _form(sent)
    assert faults_of_json(reference, form) == []
    misspelt = [one for one in corrupted.of_json(form, []) if one.fault.startswith("misspelt")]
    assert [one.fault for one in misspelt if not faults_of_json(reference, one.content)] == []


def _form(sent: dict[str, Any]) -> dict[str, str]:
    text = sent["data"]
    if not text.startswith("<"):
        found: dict[str, str] = json.loads(text)
        return found
    return {str(one.tag): one.text or "" for one in etree.fromstring(text)}


@pytest.mark.parametrize("row", [row for row in _ROWS if row.service != "population"][:6])
def test_a_misspelt_name_would_be_seen(gateway: Gateway, tmp_path: Path, row: Row) -> None:
    seed_catalogue(gateway)
    nation = Nation(gateway, tmp_path).connect(**row.settings)
    gateway.client("H38").post(row.address, json=row.body(row.value(Outcome.FOUND)))
    ((operation, body),) = [(name, body) for name, way, body in _said(nation) if way == "told"][-1:]
    schema = _schema(operation, "told")
    assert schema is not None
    content = json.loads(body)
    record = content[0] if isinstance(content, list) else content
    mutants = [one for one in corrupted.of_json(record, []) if one.fault.startswith("misspelt")]
    assert len(mutants) > 2
    shaped = [[one.content] if isinstance(content, list) else one.content for one in mutants]
    assert [one for one in shaped if not faults_of_json(schema, one)] == []


def test_nobody_can_hold_a_number_of_the_seed() -> None:
    for one in people.PEOPLE:
        assert one.number.startswith("000")
        assert one.insurance.startswith("00")
    codes = [one.code for one in seed.BUSINESSES]
    codes += [one.value for one in MAGIC if one.field in {"msdn", "mst"}]
    for code in codes:
        total = sum(int(digit) * weight for digit, weight in zip(code, _CHECKS, strict=False))
        assert code.startswith("00")
        assert 10 - total % 11 != int(code[9]), code


def test_every_operation_of_these_services_is_described() -> None:
    ours = {"apiCSDLDKDN", "apiDKKD", "apiHoTichTuPhap", "apiLienThongHoTich", "apiBHXH"}
    known = {one.name for one in OPERATIONS if one.context in ours}
    undescribed = {name for name in known if _schema(name, "told") is None}
    assert undescribed == {"apiHoTichTuPhap/danhMuc", "apiHoTichTuPhap/dsHoSoDangKy"}
    assert all(yaml.safe_load((OPENAPI / file).read_text("utf-8")) for file in _FILES)
