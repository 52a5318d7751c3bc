"""Shared catalogues: columns, rows, an import that checks for duplicates, and the twin in XML."""

import base64
from typing import Any

import pytest
from lxml import etree

from mock_ngsp.ngsp.tokens import DEFAULT_APPLICATION
from tests.mock_ngsp.asking import Services

BASE = "/dmdc/1.0"


@pytest.fixture
def services() -> Services:
    return Services()


def imported(services: Services, *rows: dict[str, Any], code: str = "madantoc") -> Any:
    return services.post(f"{BASE}/Category/{code}", list(rows)).json()


def test_every_known_catalogue_is_listed_by_token_and_by_password(services: Services) -> None:
    listed = services.get(f"{BASE}/AllCategory").json()
    assert len(listed) == 36
    assert "qlvanbandieuhanhcap1" in {one["CategoryCode"] for one in listed}
    pair = f"{DEFAULT_APPLICATION.key}:{DEFAULT_APPLICATION.secret}".encode()
    headers = {"Authorization": f"Basic {base64.b64encode(pair).decode()}"}
    path = "/svc/ngsp.svc/AllCategory"
    assert services.http.get(path, headers=headers).json() == listed
    assert services.http.get(path).status_code == 401


def test_rows_are_keyed_by_the_columns_that_metadata_names(services: Services) -> None:
    columns = services.get(f"{BASE}/Metadata/qlvanbandieuhanhcap1").json()
    (row,) = services.get(f"{BASE}/Category/qlvanbandieuhanhcap1").json()
    assert list(row) == [one["PropertyCode"] for one in columns]
    assert {one["PropertyType"] for one in columns} == {"String", "DateTime"}
    assert row["NgayBanHanhQd"] == "02/01/2020"


def test_an_unknown_catalogue_is_empty(services: Services) -> None:
    for kind in ("Metadata", "Category"):
        assert services.get(f"{BASE}/{kind}/khongco").json() == []


def test_an_import_is_taken_whole_or_not_at_all(services: Services) -> None:
    before = services.get(f"{BASE}/Category/madantoc").json()
    new, known = {"Ma": "54", "Ten": "Ví Dụ"}, {"Ma": "01", "Ten": "Kinh"}
    told = imported(services, new, known)
    assert told == {"MSG": "Data not insert: Record 2: Ma 01 is duplicate", "Count": 0}
    assert services.get(f"{BASE}/Category/madantoc").json() == before
    assert imported(services, new) == {"MSG": "Done", "Count": 1}
    assert imported(services, new)["Count"] == 0
    assert services.get(f"{BASE}/Category/madantoc").json() == [*before, new]


@pytest.mark.parametrize("row", [{"Ten": "A"}, {"Ma": "9", "Khac": "A"}, {"Ma": "9", "Ten": 1}])
def test_a_row_that_does_not_fit_is_named(services: Services, row: dict[str, Any]) -> None:
    assert imported(services, row)["MSG"].startswith("Data not insert: Record 1: ")


def test_a_data_service_answers_in_xml_without_prefixes(services: Services) -> None:
    answer = services.get("/dldc/1.0.0/gioitinh")
    assert answer.headers["content-type"].startswith("text/xml")
    root = etree.fromstring(answer.content)
    assert root.tag == "{http://ws.wso2.org/dataservice/GioiTinh}objects"
    assert [one.text for one in root.iterfind(".//{*}ten")] == ["Nam", "Nữ"]
    assert b":objects" not in answer.content


def test_a_data_service_has_a_twin_in_json(services: Services) -> None:
    headers = services.headers | {"Accept": "application/json"}
    answer = services.http.get("/dldc/1.0.0/donvihanhchinh?id=2", headers=headers)
    (row,) = answer.json()["objects"]["object"]
    assert (row["ma"], row["chaId"]) == ("02680", "1")
