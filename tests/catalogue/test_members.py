import unicodedata
from datetime import UTC, datetime

from app.catalogue.store import divisions, seed
from app.platform.clock import FrozenClock
from tests.gateway import Api

SPELLINGS = {
    "H38": "H38",
    "000.00.00.H38": "H38",
    "000.00.12.H38": "H38.12",
    "H38.12": "H38.12",
    "12.H38": "H38.12",
    "000.01.12.H38": "H38.12.01",
    "000.00.71.H53": "H53.71",
    "000.00.00.G22": "G22",
    "000.00.00.K38": "K38",
    "000.00.01.A53": "A53.01",
    "0000000001": "0000000001",
    "0002-0000000001": "0000000001",
}
"""Code by the spelling that is asked for."""

SUCCESSORS = {"H02": "H05", "H63": "H38", "H39": "H53", "H34": "H48", "H43": "H32"}


def codes(reader: Api, **query: str | int) -> list[str]:
    answer = reader.get("/v1/members", params={"limit": 200, **query})
    assert answer.status_code == 200
    return [item["code"] for item in answer.json()["items"]]


def test_a_member_is_found_by_either_spelling(reader: Api) -> None:
    found = {given: reader.get(f"/v1/members/{given}").json().get("code") for given in SPELLINGS}
    assert found == SPELLINGS


def test_a_recorded_spelling_counts_before_the_algorithm(reader: Api) -> None:
    assert reader.get("/v1/members/000.00.33.H38").json()["code"] == "H38.45"
    assert reader.get("/v1/members/33.H38").json()["code"] == "H38.45"
    assert reader.get("/v1/members/H38.45").json()["qcvn"] == "000.00.33.H38"
    assert reader.get("/v1/members/000.00.45.H38").status_code == 404
    assert reader.get("/v1/members/H38.33").status_code == 404


def test_a_member_is_shown_whole(reader: Api) -> None:
    assert reader.get("/v1/members/H38.12").json() == {
        "code": "H38.12",
        "qcvn": "000.00.12.H38",
        "name": "Sở Kiểm thử Dữ liệu",
        "kind": "state",
        "parent": "H38",
        "valid_from": None,
        "valid_to": None,
        "successor": None,
        "is_open": True,
    }


def test_a_closed_member_is_shown_with_its_successor(reader: Api) -> None:
    for closed, successor in SUCCESSORS.items():
        shown = reader.get(f"/v1/members/000.00.00.{closed}").json()
        assert (shown["valid_to"], shown["successor"]) == ("2025-07-01", successor)
        assert not shown["is_open"]
        assert reader.get(f"/v1/members/{successor}").json()["is_open"]


def test_search_needs_no_accents_and_no_case(reader: Api) -> None:
    assert codes(reader, q="so kiem thu du lieu") == ["H38.12", "H38.12.01"]
    assert codes(reader, q="SỞ  KIỂM THỬ DỮ LIỆU") == ["H38.12", "H38.12.01"]
    assert codes(reader, q=unicodedata.normalize("NFD", "Sở Kiểm thử")) == ["H38.12", "H38.12.01"]
    assert codes(reader, q="da nang") == codes(reader, q="ĐÀ NẴNG") == ["H17"]
    assert codes(reader, q="000.00.71.h53") == ["H53.71"]


def test_lists_are_narrowed_by_kind_and_by_subtree(reader: Api) -> None:
    assert codes(reader, kind="council") == ["K38", "K53"]
    assert codes(reader, kind="enterprise") == ["0000000001"]
    assert set(codes(reader, root="H38.12")) == {"H38.12", "H38.12.01"}
    assert codes(reader, root="000.00.12.H38") == codes(reader, root="H38.12")
    assert codes(reader, root="000.00.33.H38") == ["H38.45"]
    assert codes(reader, root="H99") == []
    assert all(code.startswith("H53") for code in codes(reader, root="H53", kind="state"))


def test_pages_join_to_the_whole_list(reader: Api) -> None:
    whole, joined, after = codes(reader), [], None
    while True:
        query = {"limit": 7} | ({"after": after} if after else {})
        page = reader.get("/v1/members", params=query).json()
        joined += [item["code"] for item in page["items"]]
        after = page["next"]
        if after is None:
            break
    assert joined == whole
    assert len(set(whole)) == len(whole) == len(seed.catalogue().members)


def test_the_last_full_page_has_no_next(reader: Api) -> None:
    assert reader.get("/v1/members?kind=council&limit=2").json()["next"] is None


def test_open_provinces_of_the_seed_are_those_of_today() -> None:
    clock = FrozenClock(datetime(2026, 1, 1, tzinfo=UTC))
    provinces = [m for m in seed.catalogue().members if m.code.startswith("H") and not m.parent]
    names = {
        member.name.removeprefix("UBND tỉnh ").removeprefix("UBND thành phố ")
        for member in provinces
        if member.is_open(clock.now().date())
    }
    assert names == {one.name.removeprefix("Thành phố ") for one in divisions.provinces()}
    assert len(provinces) == 63
