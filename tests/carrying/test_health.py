"""How a service does: what its owner is told, and what others are."""

import pytest

from app.access.domain import Scope
from app.broker.domain.service import Upstream
from tests.carrying.offering import a_client, a_service, allow, offer
from tests.carrying.raw import always, speaking
from tests.gateway import Gateway

HEALTH = "/v1/services/enterprises/health"


@pytest.mark.parametrize(("member", "is_own"), [("H38", True), ("H38.12", False)])
def test_health_tells_of_breakers_answers_and_failures(
    knowing: Gateway, member: str, *, is_own: bool
) -> None:
    with speaking(always("200 OK")) as raw:
        down = "http://127.0.0.1:1"
        service = a_service(raw.url, upstreams=(Upstream(down), Upstream(raw.url, order=1)))
        number = offer(knowing, service)
        client_id, api = a_client(knowing)
        allow(knowing, number, service, client_id)
        for _ in range(6):
            assert api.get("/apiCSDLDKDN/1.0/x").status_code == 200
    _, reader = a_client(knowing, member, Scope.READ_SERVICES)
    [version] = reader.get(HEALTH).json()["versions"]
    assert (version["version"], version["state"]) == ("1.0", "closed")
    first, second = version["upstreams"]
    assert [one["url"] for one in (first, second)] == ([down, raw.url] if is_own else [None] * 2)
    assert (first["state"], first["failures"], first["answers"]) == ("open", 5, 0)
    assert (first["last_failure"], first["last_answer_at"]) == ("connect-failed", None)
    assert (second["state"], second["failures"], second["answers"]) == ("closed", 0, 6)
    assert second["mean_milliseconds"] > 0
    assert second["last_answer_at"] is not None


def test_health_is_for_whom_the_service_is(knowing: Gateway) -> None:
    offer(knowing, a_service("http://127.0.0.1:1"))
    _, api = a_client(knowing, "H38", Scope.FORWARD_SERVICES)
    assert knowing.http.get(HEALTH).status_code == 401
    assert api.get(HEALTH).status_code == 403
    _, reader = a_client(knowing, "H38.12", Scope.READ_SERVICES)
    assert reader.get("/v1/services/none/health").status_code == 404
