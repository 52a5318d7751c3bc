"""Where the register knows a look-up's service, its grants decide: whether, what for, and what."""

from datetime import timedelta
from typing import Any

import pytest

from tests.broker.shared import done, granted, published
from tests.gateway import Api, Gateway
from tests.lookups.nation import Nation, refusal_of
from tests.lookups.test_citizens import CITIZENS, WIFE

PURPOSE = "Xác nhận cư trú"
SERVICE: dict[str, Any] = {
    "code": "population",
    "context": "apiDanCu",
    "title": "CSDLQG về dân cư",
    "operations": [
        {"method": "POST", "pattern": "/details"},
        {"method": "POST", "pattern": "/verification"},
    ],
    "personal_data": "basic",
}
ASKED = WIFE | {"reason": {"purpose": "xác nhận  CƯ TRÚ", "stated_reason": "Tại quầy"}}


@pytest.fixture
def owner(nation: Nation, province: Api) -> Api:
    """An administrator of the register, which knows the population database."""
    assert nation.asked() == []
    published(province, **SERVICE)
    return province


def grant(owner: Api, client: str, **changes: Any) -> Any:
    terms = {
        "service": "population",
        "operations": ["POST /details"],
        "purpose": PURPOSE,
        "legal_basis": "Nghị định 137/2015/NĐ-CP",
    }
    return granted(owner, client, **terms | changes)


@pytest.fixture
def consumer(gateway: Gateway) -> Api:
    """A client with every scope, of a unit below the owner's."""
    return gateway.client("H38.12")


def own_id(gateway: Gateway, api: Api) -> str:
    """Return the id of a client, as its token names it."""
    token = api.headers["Authorization"].removeprefix("Bearer ")
    found: str = gateway.http.app.state.gatekeeper.tokens.read(token).client_id  # type: ignore[attr-defined]
    return found


@pytest.mark.usefixtures("owner")
def test_without_a_grant_nobody_is_asked(nation: Nation, consumer: Api) -> None:
    answer = consumer.post(CITIZENS, json=ASKED)
    assert refusal_of(answer) == (403, "lookup-not-granted")
    assert answer.json()["service"] == "population"
    assert nation.asked() == []


def test_a_grant_says_what_is_told_and_is_written_down(
    gateway: Gateway, owner: Api, consumer: Api
) -> None:
    fields = ["full_name", "marital_status_code", "spouse"]
    given = grant(owner, own_id(gateway, consumer), fields=fields)
    found = consumer.post(CITIZENS, json=ASKED)
    assert found.status_code == 200, found.text
    assert sorted(found.json()["citizen"]) == sorted(fields)
    (line,) = consumer.get("/v1/lookups").json()["items"]
    assert line["grant_id"] == given["id"]


def test_a_grant_without_fields_tells_everything(
    gateway: Gateway, owner: Api, consumer: Api
) -> None:
    grant(owner, own_id(gateway, consumer))
    citizen = consumer.post(CITIZENS, json=ASKED).json()["citizen"]
    assert {"father", "household_head", "home_town", "blood_group_code"} <= set(citizen)


def test_another_purpose_or_operation_is_refused(
    gateway: Gateway, nation: Nation, owner: Api, consumer: Api
) -> None:
    grant(owner, own_id(gateway, consumer))
    answer = consumer.post(CITIZENS, json=WIFE)
    assert refusal_of(answer) == (403, "purpose-not-granted")
    named = {name: said for name, said in ASKED.items() if name != "born"}
    verified = consumer.post(f"{CITIZENS}/verification", json=named)
    assert refusal_of(verified) == (403, "lookup-not-granted")
    assert nation.asked() == []


def test_a_revoked_grant_lets_nobody_ask(
    gateway: Gateway, nation: Nation, owner: Api, consumer: Api
) -> None:
    given = grant(owner, own_id(gateway, consumer))
    done(owner, f"/v1/grants/{given['id']}/revocation", {"reason": "Hết nhu cầu"})
    assert refusal_of(consumer.post(CITIZENS, json=ASKED)) == (403, "lookup-not-granted")
    assert nation.asked() == []


@pytest.mark.parametrize(("seconds", "asked"), [(0, 2), (60, 1)])
def test_an_answer_is_kept_only_as_long_as_the_grant_says(
    gateway: Gateway, nation: Nation, owner: Api, consumer: Api, seconds: int, asked: int
) -> None:
    grant(owner, own_id(gateway, consumer), cache_seconds=seconds)
    first, again = (consumer.post(CITIZENS, json=ASKED).json() for _ in range(2))
    assert first["citizen"] == again["citizen"]
    assert first["lookup_id"] != again["lookup_id"]
    assert len(nation.asked("dancu")) == asked
    assert len(consumer.get("/v1/lookups").json()["items"]) == 2
    consumer.post(CITIZENS, json=ASKED | {"born": "1990"})
    assert len(nation.asked("dancu")) == asked + 1
    gateway.clock.advance(timedelta(seconds=61))
    consumer.post(CITIZENS, json=ASKED)
    assert len(nation.asked("dancu")) == asked + 2


def test_what_is_kept_is_one_clients_alone(
    gateway: Gateway, nation: Nation, owner: Api, consumer: Api
) -> None:
    other = gateway.client("H38.12")
    for api in (consumer, other):
        grant(owner, own_id(gateway, api), cache_seconds=60)
        api.post(CITIZENS, json=ASKED)
    assert len(nation.asked("dancu")) == 2


def test_while_the_service_is_blocked_who_is_granted_it_is_told_why(
    gateway: Gateway, nation: Nation, owner: Api, consumer: Api
) -> None:
    path = "/v1/services/population/versions/1.0"
    done(owner, f"{path}/blocking", {"reason": "Bảo trì"})
    assert refusal_of(consumer.post(CITIZENS, json=ASKED)) == (403, "lookup-not-granted")
    grant(owner, own_id(gateway, consumer))
    told = consumer.post(CITIZENS, json=ASKED)
    assert refusal_of(told) == (503, "shared-service-blocked")
    assert told.headers["content-type"] == "application/problem+json"
    assert (told.json()["detail"], told.json()["service"]) == (
        "Dịch vụ đang tạm khoá: Bảo trì", "population/1.0",
    )  # fmt: skip
    assert told.json()["detail_en"] == "The service is blocked: Bảo trì"
    assert nation.asked() == []
    done(owner, f"{path}/unblocking", {})
    assert consumer.post(CITIZENS, json=ASKED).status_code == 200
