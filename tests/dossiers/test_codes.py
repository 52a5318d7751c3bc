"""Dossier codes made here: unique and without gaps, however many come at once."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.builders import a_dossier
from tests.gateway import Api


def code_of(province: Api, **changes: object) -> str:
    return str(province.post("/v1/dossiers", json=a_dossier(**changes)).json()["code"])


def test_codes_count_from_one_each_day_in_vietnam(province: Api) -> None:
    codes = [
        code_of(province),
        code_of(province),
        code_of(province, received_at="2026-11-01T16:59:59Z"),
        code_of(province, received_at="2026-11-01T17:00:00Z"),
    ]
    assert codes == [
        "H38.12-261102-0001",
        "H38.12-261102-0002",
        "H38.12-261101-0001",
        "H38.12-261102-0003",
    ]


def test_each_agency_counts_for_itself(province: Api) -> None:
    assert code_of(province) == "H38.12-261102-0001"
    assert code_of(province, agency_code="H38") == "H38-261102-0001"


def test_numbers_taken_by_supplied_codes_are_passed_over(province: Api) -> None:
    for taken in ("H38.12-261102-0001", "H38.12-261102-0002"):
        assert code_of(province, code=taken) == taken
    assert code_of(province) == "H38.12-261102-0003"


def test_a_refused_submission_uses_no_number_up(province: Api) -> None:
    code_of(province)
    province.post("/v1/dossiers", json=a_dossier(procedure_code="1.999999"))
    province.post("/v1/dossiers", json=a_dossier(code="H38.12-261102-0001"))
    assert code_of(province) == "H38.12-261102-0002"


@pytest.mark.parametrize("supplied", [[], ["H38.12-261102-0007", "H38.12-261102-0020"]])
def test_forty_at_once_get_codes_without_a_gap(province: Api, supplied: list[str]) -> None:
    before = [code_of(province, code=code) for code in supplied]

    def submit(_turn: int) -> str:
        return code_of(province)

    with ThreadPoolExecutor(40) as threads:
        codes = before + list(threads.map(submit, range(40)))
    numbers = sorted(int(code[-4:]) for code in codes)
    assert numbers == list(range(1, len(codes) + 1))


def test_one_code_supplied_by_ten_at_once_is_taken_once(province: Api) -> None:
    body = a_dossier(code="H38.12-261102-0007")

    def submit(_turn: int) -> int:
        return province.post("/v1/dossiers", json=body).status_code

    with ThreadPoolExecutor(10) as threads:
        statuses = sorted(threads.map(submit, range(10)))
    assert statuses == [201, *[409] * 9]
