"""The directory: three lists, registering and deleting units, and 111,000 of them."""

import codecs
import json
import time
from collections import Counter
from typing import Any

import httpx
import pytest
from starlette.testclient import TestClient

from mock_ngsp.codes import canonical
from mock_ngsp.settings import Settings
from mock_ngsp.systems import System
from mock_ngsp.universe import Universe
from tests.conftest import Tell
from tests.mock_ngsp.driving import H38, H53, SECRETS, AxisCaller, Json, nation, signed_headers
from tests.mock_ngsp.running import MIB, running

MANY = 111_000
LISTS = ("getAgenciesList", "getAgenciesListQD20", "getSynchronizeUnit")


def register(caller: AxisCaller, **unit: object) -> Json:
    return caller.call("registerAgency", json.dumps(unit, ensure_ascii=False).encode())


def listed(caller: AxisCaller, operation: str = "getAgenciesList") -> dict[str, Json]:
    answer = caller.call(operation)
    assert answer["status"] == "OK", answer
    return {row["code"]: row for row in answer["data"]}


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"", "JSON"),
        (b"[]", "JSON"),
        (b"[" * 5_000, "JSON"),
        ('{"name":"x"}'.encode("utf-16"), "JSON"),
        (b'{"name":"x"}', "code"),
        (b'{"code":"a b","name":"x"}', "code"),
        (b'{"code":["H38.77"],"name":"x"}', "code"),
        (b'{"code":"H38.77"}', "name"),
        (b'{"code":"H38.77","name":null}', "name"),
        (b'{"code":"H38.77","name":"x","pcode":"a b"}', "pcode"),
        (b'{"code":"H38.77","name":"x","pCode":"a b"}', "pCode"),
        (b'{"code":"H38.77","name":"x","id":true}', "id"),
        (b'{"code":"H38.77","name":"x","mail":{}}', "mail"),
    ],
)
def test_a_unit_of_another_shape_is_refused_by_its_field(
    h38: AxisCaller, body: bytes, told: str
) -> None:
    answer = h38.call("registerAgency", body)
    assert (answer["ErrorCode"], told in answer["ErrorDesc"]) == ("1052", True)
    assert "000.00.77.H38" not in listed(h38)


def test_a_unit_of_json_with_a_byte_order_mark_is_registered(h38: AxisCaller) -> None:
    body = codecs.BOM_UTF8 + b'{"code":"H38.77","name":"x"}'
    assert h38.call("registerAgency", body)["ErrorCode"] == "0"
    assert "000.00.77.H38" in listed(h38)


def test_somebody_elses_unit_is_neither_registered_nor_deleted(
    h38: AxisCaller, h53: AxisCaller
) -> None:
    assert register(h53, code="H38.77", name="x")["ErrorCode"] == "1050"
    answer = h53.call("deleteAgency", b"{}", AgencyCode="000.00.12.H38")
    assert (answer["ErrorCode"], H53 in answer["ErrorDesc"]) == ("1050", True)
    assert "000.00.12.H38" in listed(h38)


def test_a_units_id_cannot_take_it_to_another_member(h38: AxisCaller, h53: AxisCaller) -> None:
    register(h38, id="7", code="H38.77", name="Phòng Mẫu")
    assert register(h53, id="7", code="H53.77", name="Phòng Mẫu")["ErrorCode"] == "1050"


@pytest.mark.parametrize(
    ("code", "wrong"), [("", "1032"), ("a b", "1032"), ("H38.78", "1051"), ("H38.12.44", "1051")]
)
def test_a_unit_that_is_not_there_cannot_be_deleted(h38: AxisCaller, code: str, wrong: str) -> None:
    assert h38.call("deleteAgency", b"{}", AgencyCode=code)["ErrorCode"] == wrong


@pytest.mark.parametrize("parent", ["pcode", "pCode"])
def test_a_registered_unit_stands_in_every_list(h38: AxisCaller, parent: str) -> None:
    unit = {"id": 3, "code": "001.00.12.H38", "name": "Phòng Mẫu", "mail": "phong@example.vn"}
    answer = register(h38, **unit, **{parent: "000.00.12.H38"}, mobile="0", fax="0")
    assert answer == {"status": "OK", "ErrorCode": "0", "ErrorDesc": "Thanh cong"}
    old = listed(h38)["001.00.12.H38"]
    new = listed(h38, "getAgenciesListQD20")["H38.12.00.001"]
    assert (old["id"], old["pid"], old["name"]) == ("3", "H38.12", "Phòng Mẫu")
    assert (new["code102"], new["mail"]) == ("001.00.12.H38", "phong@example.vn")
    tree = listed(h38, "getSynchronizeUnit")["001.00.12.H38"]
    assert (tree["version"], tree["deleted"], tree["isAgency"]) == (1, False, True)
    assert tree["centerCode"] == "00.38.W00"


def test_the_same_code_in_another_spelling_changes_the_unit(
    universe: Universe, h38: AxisCaller
) -> None:
    before = listed(h38, "getSynchronizeUnit")["000.00.12.H38"]
    universe.clock.advance(universe.settings.dedupe_window)
    register(h38, code="H38.12", name="Sở Đổi tên")
    after = listed(h38, "getSynchronizeUnit")["000.00.12.H38"]
    assert (after["name"], after["id"]) == ("Sở Đổi tên", before["id"])
    assert (before["version"], after["version"]) == (1, 2)
    assert after["modifyDate"] > before["modifyDate"]
    assert "oldCode" not in listed(h38)["000.00.12.H38"]


def test_a_renumbered_unit_remembers_its_old_code(h38: AxisCaller) -> None:
    register(h38, id="7", code="H38.77", name="Phòng Mẫu")
    register(h38, id="7", code="H38.78", name="Phòng Mẫu")
    rows = listed(h38)
    assert rows["000.00.78.H38"]["oldCode"] == "000.00.77.H38"
    assert "000.00.77.H38" not in rows
    assert h38.call("deleteAgency", b"{}", AgencyCode="H38.77")["ErrorCode"] == "1051"
    register(h38, code="H38.77", name="Phòng Khác")
    assert listed(h38)["000.00.77.H38"]["id"] == "H38.77"


def test_a_deleted_unit_is_told_to_those_who_synchronise(h38: AxisCaller) -> None:
    assert h38.call("deleteAgency", b"{}", AgencyCode="000.00.12.H38")["status"] == "OK"
    for operation in ("getAgenciesList", "getAgenciesListQD20"):
        assert {"000.00.12.H38", "H38.12"} & listed(h38, operation).keys() == set()
    row = listed(h38, "getSynchronizeUnit")["000.00.12.H38"]
    assert (row["deleted"], row["version"]) == (True, 2)
    again = h38.call("deleteAgency", b"{}", AgencyCode="H38.12")
    assert again["ErrorCode"] == "1051"
    register(h38, code="H38.12", name="Sở Mở lại")
    assert listed(h38)["000.00.12.H38"]["name"] == "Sở Mở lại"


def test_reset_forgets_what_was_registered(client: TestClient, h38: AxisCaller) -> None:
    register(h38, code="H38.77", name="x")
    client.post("/_axis/v1/reset")
    assert "000.00.77.H38" not in listed(h38)


def test_a_new_system_stands_in_the_directory(client: TestClient, h38: AxisCaller) -> None:
    client.post("/_axis/v1/systems", json={"id": "x", "secret": "s", "member": "H02"})
    assert "000.00.00.H02" in listed(h38)


@pytest.mark.parametrize("number", [1, 2, 99, 100, 101, 200, 9_901, 9_902, 20_000])
def test_synthetic_units_have_each_a_code_and_a_parent(number: int) -> None:
    universe = Universe(Settings(agencies=number))
    universe.systems.put(System("x", "s", "H64"))
    caller = AxisCaller(nation(universe), H38)
    rows = {code: row for code, row in listed(caller).items() if "giả định" in row["name"]}
    assert len(rows) == number
    ids = {canonical(code) for code in rows}
    assert all(row.get("pid", "H64") in ids for row in rows.values())
    for code in (next(iter(rows)), next(reversed(rows))):
        assert universe.directory.find(code) is not None
    assert sum(universe.directory.find(code) is not None for code in ids) == number


def test_a_synthetic_unit_can_be_deleted_by_who_speaks_for_it() -> None:
    universe = Universe(Settings(agencies=300))
    universe.systems.put(System("x", "secret", "H64"))
    caller = AxisCaller(nation(universe), "x", "secret")
    for code in ("H64.01.05", "H64.99"):
        assert caller.call("deleteAgency", b"{}", AgencyCode=code)["status"] == "OK"
    deleted = [row["code"] for row in caller.call(LISTS[2])["data"] if row["deleted"]]
    assert deleted == ["000.05.01.H64", "000.00.99.H64"]
    assert len(listed(caller, LISTS[1])) == len(listed(caller, LISTS[2])) - 2
    for code in ("H64.03.04", "H64.00.01", "H63.01", "H64.1", "H64.01.02.03"):
        assert universe.directory.find(code) is None


def rows_of(client: httpx.Client, operation: str) -> list[dict[str, Any]]:
    headers = signed_headers({"systemid": H38, "timestamp": "1"}, SECRETS[H38])
    answer: Json = client.post(f"/XrdAdapter/adapter/{operation}", headers=headers).json()
    rows: list[dict[str, Any]] = answer["data"]
    return rows


def test_a_hundred_thousand_units_cost_little_memory(tell: Tell) -> None:
    with (
        running("--set", f"agencies={MANY}") as mock,
        httpx.Client(base_url=mock.url, timeout=120) as client,
    ):
        AxisCaller(client, H38).inbox()
        before = mock.most_memory
        began = time.perf_counter()
        found = Counter({operation: len(rows_of(client, operation)) for operation in LISTS})
        seconds = time.perf_counter() - began
        grown = mock.most_memory - before
    tell(f"{found.total()} rows in {seconds:.1f} s: {grown / MIB:.1f} MiB more memory")
    assert min(found.values()) > MANY
    assert grown <= 60_000_000
