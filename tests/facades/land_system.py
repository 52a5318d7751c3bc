"""A land system as it calls the gateway, and what a one-stop system sees of it."""

from typing import Any

import httpx

from app.errands.schemas.land import HANDOVER
from mock_ngsp.ngsp.land.calling import body_of
from tests.acting import staged
from tests.gateway import Api, Gateway

CODE = "mot-ma-bao-mat-du-dai-va-ngau-nhien"
LISTS = ("GetDanhMucNguoiDung", "GetDanhMucThuTuc", "GetDanhMucTrangThai")
DONE = {"Result": True, "Message": "Thành công"}


class Land:
    """A land system as it calls the gateway."""

    def __init__(self, gateway: Gateway, code: str = CODE) -> None:
        self.gateway = gateway
        self.code = code

    def say(self, operation: str, number: str, **changes: Any) -> httpx.Response:
        body = body_of(operation, number, self.gateway.clock.now(), changes)
        return self.post(operation, body)

    def post(self, operation: str, body: Any) -> httpx.Response:
        answer: httpx.Response = self.gateway.http.post(
            f"/vbdlis/{operation}/{self.code}", json=body
        )
        return answer

    def done(self, operation: str, number: str, **changes: Any) -> Any:
        answer = self.say(operation, number, **changes)
        assert (answer.status_code, answer.json()["Result"]) == (200, True), answer.text
        return answer.json()


def handed_over(api: Api, stage: str = "forwardings") -> str:
    code = staged(api, stage)
    answer = api.post("/v1/land-handovers", json=HANDOVER | {"dossier_code": code})
    assert answer.status_code == 201, answer.text
    return code


def status_of(api: Api, code: str) -> str:
    return str(api.get(f"/v1/dossiers/{code}").json()["status"])


def rows_of(api: Api, code: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = api.get(f"/v1/dossiers/{code}/progress").json()["items"]
    return rows


def notices_of(api: Api, code: str) -> list[dict[str, Any]]:
    answer = api.get(f"/v1/dossiers/{code}/tax-notices")
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["items"]
    return found
