"""The monitoring centre is told how a dossier stands, once for each standing."""

import json
from datetime import timedelta
from typing import Any

import pytest

from app.errands.schemas.tracking import TRACKING
from mock_ngsp.faults import Fault
from tests.acting import done, staged
from tests.errands.post_office import Errands, placed, shown
from tests.gateway import Api, Gateway
from tests.lookups.nation import refusal_of

TRACKINGS = "/v1/file-trackings"


def tracking(code: str, **changes: Any) -> dict[str, Any]:
    return TRACKING | {"dossier_code": code} | changes


def told(errands: Errands) -> list[dict[str, Any]]:
    return errands.nation.universe.ngsp.tracked


def test_the_centre_is_told_how_the_dossier_stands(province: Api, errands: Errands) -> None:
    code = staged(province, "forwardings")
    errand = placed(province, TRACKINGS, tracking(code))
    errands.deliver()
    (one,) = told(errands)
    owner = json.loads(one["User"])
    assert (one["MaHoSo"], one["SiteId"], one["Status"], one["Level"]) == (code, 38, "1", "4")
    assert (owner["TYPE"], owner["LOCATION"]) == ("2", "10")
    dossier = province.get(f"/v1/dossiers/{code}").json()
    assert one["FormsReception"] == ("1" if dossier["channel"] == "online" else "2")
    assert shown(province, errand)["state"] == "ended"
    (line,) = province.get(f"/v1/dossiers/{code}/errands").json()["items"]
    assert line["kind"] == "file_tracking"


def test_the_same_standing_is_told_once_and_the_next_again(
    gateway: Gateway, province: Api, errands: Errands
) -> None:
    code = staged(province, "payments")
    placed(province, TRACKINGS, tracking(code))
    again = province.post(TRACKINGS, json=tracking(code))
    assert refusal_of(again) == (409, "errand-number-taken")
    gateway.clock.advance(timedelta(minutes=5))
    done(province, code, "payments")
    placed(province, TRACKINGS, tracking(code, level="partial"))
    for _ in range(2):
        errands.deliver()
    assert [one["FormsPayments"] for one in told(errands)] == ["0", "2"]
    assert [one["Level"] for one in told(errands)] == ["4", "3"]


@pytest.mark.parametrize(
    ("fault", "state", "reason"),
    [
        (Fault("TrackingMCDT", 1, status=403), "refused", "http-403: the centre does not take it"),
        (Fault("TrackingMCDT", 1, status=503), "deferred", "http-503"),
        (Fault("TrackingMCDT", 1, delay=timedelta(minutes=1)), "deferred", "timeout"),
        (Fault("TrackingMCDT", 1, reset=True), "deferred", "connection-lost"),
    ],
    ids=str,
)
def test_only_success_of_http_counts(
    province: Api, errands: Errands, fault: Fault, state: str, reason: str
) -> None:
    code = staged(province, "forwardings")
    errand = placed(province, TRACKINGS, tracking(code))
    errands.nation.universe.faults.add(fault)
    errands.deliver()
    found = shown(province, errand)
    assert (found["state"], found["reason"], told(errands)) == (state, reason, [])


def test_a_strangers_dossier_is_not_told_of(gateway: Gateway, province: Api) -> None:
    code = staged(province, "forwardings")
    answer = gateway.client("H53").post(TRACKINGS, json=tracking(code))
    assert refusal_of(answer) == (404, "unknown-dossier")
