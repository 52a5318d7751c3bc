import json

from app.catalogue.store import seed
from tests.gateway import Api


def codes(reader: Api, **query: str | int) -> list[str]:
    answer = reader.get("/v1/procedures", params=query)
    assert answer.status_code == 200
    return [item["code"] for item in answer.json()["items"]]


def test_a_procedure_is_shown_with_its_full_record(reader: Api) -> None:
    shown = reader.get("/v1/procedures/1.003560.H38").json()
    (said,) = [p for p in json.loads(seed.content())["procedures"] if p["code"] == "1.003560.H38"]
    assert {name: shown[name] for name in ("national_code", "sector_code", "sector_name")} == {
        "national_code": "1.003560",
        "sector_code": "G03-GD10",
        "sector_name": "Lĩnh vực mẫu",
    }
    for name in ("name", "step_cases", "levels", "audiences", "conditions", "state"):
        assert shown[name] == said[name]
    (online,) = [way for way in shown["submission_methods"] if way["channel"] == "online"]
    (fee,) = online["time_limits"][0]["fees"]
    assert (fee["amount"], fee["currency"], fee["url"]) == (20000, "VND", None)
    assert shown["paper_cases"][0]["papers"][1]["replacing_result_code"] == "KQ.G03.900001"
    assert shown["legal_bases"][0]["issued_on"] == "2026-01-01"
    assert shown["executing_agencies"][0]["code"] == "000.00.12.H38"


def test_a_short_record_is_shown_with_empty_lists(reader: Api) -> None:
    shown = reader.get("/v1/procedures/2.900001").json()
    assert (shown["legal_bases"], shown["decision"], shown["agency_code"]) == ([], None, "G15")


def test_a_withdrawn_procedure_is_still_shown(reader: Api) -> None:
    assert reader.get("/v1/procedures/1.900003.H38").json()["state"] == "withdrawn"


def test_either_spelling_of_the_agency_shows_it(reader: Api) -> None:
    shown = reader.get("/v1/procedures/1.003560.000.00.00.H38").json()
    assert shown["code"] == "1.003560.H38"


def test_procedures_are_searched_without_accents_and_by_sector(reader: Api) -> None:
    assert codes(reader, q="dang ky thong tin") == ["2.900001", "2.900001.H38"]
    assert codes(reader, q="1.003560") == ["1.003560", "1.003560.H38", "1.003560.H53"]
    assert codes(reader, sector="G15-MA01") == ["2.900001", "2.900001.H38"]
    assert codes(reader, sector="G03-GD10", q="cap lai") == ["3.900002.H53"]
    assert codes(reader, sector="G03") == []


def test_pages_join_to_the_whole_list(reader: Api) -> None:
    first = reader.get("/v1/procedures?limit=3").json()
    rest = codes(reader, after=first["next"])
    assert [item["code"] for item in first["items"]] + rest == codes(reader)
