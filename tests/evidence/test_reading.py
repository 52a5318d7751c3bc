from app.access.domain import Scope
from tests.gateway import Gateway


def test_reading_the_log_needs_its_scope(gateway: Gateway) -> None:
    assert gateway.http.get("/v1/evidence").status_code == 401
    assert gateway.client("H38", Scope.READ_DOSSIERS).get("/v1/evidence").status_code == 403


def test_a_member_sees_its_own_acts_and_those_below_it(gateway: Gateway) -> None:
    gateway.client("H38.12", Scope.READ_DOSSIERS).get("/v1/evidence")
    gateway.client("H53", Scope.READ_DOSSIERS).get("/v1/evidence")
    items = gateway.client("H38", Scope.READ_EVIDENCE).get("/v1/evidence").json()["items"]
    assert [(item["member"], item["outcome"]) for item in items] == [
        ("H38.12", "insufficient-scope")
    ]


def test_pages_follow_each_other_without_gap_or_repeat(gateway: Gateway) -> None:
    refused = gateway.client("H38", Scope.READ_DOSSIERS)
    for _ in range(5):
        refused.get("/v1/evidence")
    reader = gateway.client("H38", Scope.READ_EVIDENCE)
    numbers, after = [], None
    while True:
        page = reader.get("/v1/evidence", params={"limit": 2} | ({"after": after} if after else {}))
        numbers += [item["number"] for item in page.json()["items"]]
        if (after := page.json()["next"]) is None:
            break
    assert numbers == sorted(numbers, reverse=True)
    assert len(numbers) == len(set(numbers)) == 5


def test_a_made_up_cursor_is_refused(gateway: Gateway) -> None:
    reader = gateway.client("H38", Scope.READ_EVIDENCE)
    for after in ("x", "WyJhIl0", "bnVsbA", "[[[["):
        assert reader.get("/v1/evidence", params={"after": after}).status_code == 422
    assert reader.get("/v1/evidence", params={"subject": "a\x00b"}).status_code == 422
