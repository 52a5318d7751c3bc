"""GET /v1/public-services/dossiers/{code}."""

from typing import Any

import pytest

from tests.builders import a_dossier
from tests.gateway import Api, Gateway


@pytest.fixture
def dossier(province: Api) -> dict[str, Any]:
    found: dict[str, Any] = province.post("/v1/dossiers", json=a_dossier()).json()
    return found


def look(gateway: Gateway, code: str, tracking_code: str | bytes | None = None) -> Any:
    headers = {} if tracking_code is None else {"X-Tracking-Code": tracking_code}
    return gateway.http.get(f"/v1/public-services/dossiers/{code}", headers=headers)


def test_whatever_is_wrong_the_answer_is_one_and_the_same(
    gateway: Gateway, dossier: dict[str, Any]
) -> None:
    code, tracking = dossier["code"], dossier["tracking_code"]
    answers = [
        look(gateway, code),
        look(gateway, code, ""),
        look(gateway, code, tracking[:-1]),
        look(gateway, code, "0" * 20),
        look(gateway, code, "mã".encode()),
        look(gateway, "H38.12-261102-9999", tracking),
        look(gateway, "not-a-code", tracking),
        look(gateway, "H38.12-261102-0001'%20OR%201=1", tracking),
        look(gateway, "%00", tracking),
    ]
    bodies = [answer.json() | {"instance": ""} for answer in answers]
    assert {answer.status_code for answer in answers} == {404}
    assert all(body == bodies[0] for body in bodies)
    assert bodies[0]["type"] == "/problems/status-not-shown"


def test_an_access_token_is_no_tracking_code(province: Api, dossier: dict[str, Any]) -> None:
    answer = province.get(f"/v1/public-services/dossiers/{dossier['code']}")
    assert answer.status_code == 404


def _finish(province: Api, code: str) -> None:
    for status in ("accepted", "processing", "finished"):
        province.post(f"/v1/dossiers/{code}/progress", json={"status": status})


def test_the_holder_of_the_tracking_code_sees_where_it_stands(
    gateway: Gateway, province: Api, dossier: dict[str, Any]
) -> None:
    code = dossier["code"]
    _finish(province, code)
    answer = look(gateway, code, dossier["tracking_code"].lower())
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    found = answer.json()
    timeline = found.pop("timeline")
    assert found == {
        "code": code,
        "procedure_name": dossier["procedure_name"],
        "agency_name": dossier["agency_name"],
        "status": "finished",
        "status_label": "Đã xử lý xong",
        "submitted_at": "2026-11-02T08:15:00+07:00",
        "received_at": "2026-11-02T08:40:00+07:00",
        "due_at": "2026-11-09T17:00:00+07:00",
        "finished_at": "2026-11-02T09:00:00+07:00",
        "standing": {
            "now": "Hồ sơ đã giải quyết xong, kết quả đang chờ trả.",
            "next_step": "Kết quả được gửi đến ông, bà qua bưu chính.",
            "held_by": "agency",
            "holder_name": dossier["agency_name"],
            "is_late": False,
        },
        "apology": None,
        "url": f"http://127.0.0.1:8080/tra-cuu?ma={code}",
    }
    statuses = [stage["status"] for stage in timeline]
    assert statuses == ["registered", "accepted", "processing", "finished"]
    assert timeline[0] == {
        "status": "registered",
        "status_label": "Mới đăng ký",
        "at": "2026-11-02T08:40:00+07:00",
        "text": "Hồ sơ được ghi nhận.",
    }


def test_nothing_personal_is_shown(
    gateway: Gateway, province: Api, dossier: dict[str, Any]
) -> None:
    step = {"status": "accepted", "staff_name": "Trần Văn Ví Dụ", "content": "Nội dung riêng"}
    province.post(f"/v1/dossiers/{dossier['code']}/progress", json=step)
    text = look(gateway, dossier["code"], dossier["tracking_code"]).text
    personal = [
        *(value for name, value in dossier["applicant"].items() if name not in _KINDS),
        dossier["summary"],
        dossier["tracking_code"],
        dossier["attachments"][0]["url"],
        step["staff_name"],
        step["content"],
    ]
    assert not [value for value in personal if value in text]


_KINDS = {"kind", "identity_type"}


def test_an_address_that_asks_too_often_must_wait(
    gateway: Gateway, dossier: dict[str, Any]
) -> None:
    allowed = gateway.settings.tracking_attempts_per_minute
    for _ in range(allowed):
        assert look(gateway, dossier["code"], "wrong").status_code == 404
    answer = look(gateway, dossier["code"], dossier["tracking_code"])
    assert (answer.status_code, answer.json()["type"]) == (429, "/problems/too-many-looks")
    assert answer.headers["Retry-After"] == "60"
