"""Rows for the nation's shared catalogues: all or none, a duplicate refused, a repeat no harm."""

from datetime import timedelta
from typing import Any

import pytest

from app.errands.schemas.catalogues import IMPORT
from mock_ngsp.faults import Fault
from tests.errands.post_office import Errands, placed, shown
from tests.gateway import Api
from tests.lookups.nation import refusal_of

IMPORTS = "/v1/catalogue-imports"
CATEGORY = "dmdc/Category/*"


def an_import(*rows: dict[str, str], **changes: Any) -> dict[str, Any]:
    return IMPORT | ({"rows": list(rows)} if rows else {}) | changes


def held(errands: Errands) -> list[dict[str, str]]:
    return errands.nation.universe.ngsp.catalogues["madantoc"].rows


def test_rows_are_added(province: Api, errands: Errands) -> None:
    errand = placed(province, IMPORTS, an_import())
    errands.deliver()
    assert shown(province, errand)["state"] == "ended"
    assert held(errands)[-1] == {"Ma": "54", "Ten": "Ví Dụ"}


def test_a_duplicate_is_refused_in_the_nations_words_and_nothing_is_added(
    province: Api, errands: Errands
) -> None:
    before = list(held(errands))
    errand = placed(
        province, IMPORTS, an_import({"Ma": "54", "Ten": "A"}, {"Ma": "01", "Ten": "Khác"})
    )
    errands.deliver()
    found = shown(province, errand)
    assert found["state"] == "refused"
    assert found["reason"] == "not-inserted: Data not insert: Record 2: Ma 01 is duplicate"
    assert held(errands) == before


def test_a_lost_answer_is_made_up_for_by_reading_back(province: Api, errands: Errands) -> None:
    errand = placed(province, IMPORTS, an_import())
    faults = errands.nation.universe.faults
    faults.add(Fault(CATEGORY, 1, status=503, after=True))
    errands.deliver()
    assert shown(province, errand)["state"] == "deferred"
    errands.gateway.clock.advance(timedelta(minutes=30))
    errands.deliver()
    found = shown(province, errand)
    assert (found["state"], found["reference"]) == ("ended", "exists")
    assert [row["Ma"] for row in held(errands)].count("54") == 1


@pytest.mark.parametrize(
    ("catalogue", "state", "reason"),
    [
        ("giadinh0403", "refused", "not-inserted: Don vi chua duoc cap quyen"),
        ("giadinh0404", "refused", "not-inserted: Data not insert: category not found"),
        ("giadinh0422", "deferred", "contract-breach"),
        ("giadinh0504", "deferred", "timeout"),
        ("giadinh0503", "deferred", "http-503"),
    ],
)
def test_each_way_not_to_be_taken(
    province: Api, errands: Errands, catalogue: str, state: str, reason: str
) -> None:
    errand = placed(province, IMPORTS, an_import(catalogue=catalogue))
    errands.deliver()
    found = shown(province, errand)
    assert (found["state"], found["reason"]) == (state, reason)


def test_rows_without_anything_are_refused_here(province: Api) -> None:
    wrong: list[list[dict[str, str]]] = [[], [{}], [{"Mã": "1"}]]
    for rows in wrong:
        answer = province.post(IMPORTS, json=IMPORT | {"rows": rows})
        assert refusal_of(answer) == (422, "invalid-input")
