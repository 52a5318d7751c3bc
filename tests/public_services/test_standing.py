"""What comes next, and who has it, in every status."""

from typing import Any

import pytest

from tests.acting import done, staged
from tests.gateway import Api, Gateway


def standing(gateway: Gateway, province: Api, code: str) -> Any:
    secret = province.get(f"/v1/dossiers/{code}").json()["tracking_code"]
    answer = gateway.http.get(
        f"/v1/public-services/dossiers/{code}", headers={"X-Tracking-Code": secret}
    )
    assert answer.status_code == 200
    return answer.json()["standing"]


@pytest.mark.parametrize(
    ("act", "holder", "words"),
    [
        ("acceptance", "agency", "chuyển đến bộ phận chuyên môn"),
        ("refusal", "nobody", "nộp hồ sơ mới"),
        ("withdrawal", "nobody", "nộp hồ sơ mới"),
        ("forwardings", "agency", "chuyển về bộ phận một cửa"),
        ("stops", "nobody", "liên hệ cơ quan"),
        ("supplements", "applicant", "(mẫu 02) trước"),
        ("fees", "applicant", " đồng."),
        ("payments", "agency", "chuyển về bộ phận một cửa"),
        ("completion", "agency", "qua bưu chính"),
        ("results", "nobody", "đánh giá"),
    ],
)
def test_the_next_step_and_its_holder(
    gateway: Gateway, province: Api, act: str, holder: str, words: str
) -> None:
    code = staged(province, act)
    done(province, code, act)
    found = standing(gateway, province, code)
    assert found["held_by"] == holder
    assert words in found["next_step"]
    assert bool(found["holder_name"]) == (holder != "nobody")


def test_a_result_that_is_not_sent_is_fetched(gateway: Gateway, province: Api) -> None:
    code = staged(province, "completion", result_delivery="direct")
    done(province, code, "completion")
    assert "giấy hẹn" in standing(gateway, province, code)["next_step"]


def test_a_status_reported_without_its_act_says_what_is_known(
    gateway: Gateway, province: Api
) -> None:
    code = staged(province, "forwardings")
    path = f"/v1/dossiers/{code}/progress"
    assert province.post(path, json={"status": "processing"}).status_code == 201
    assert province.post(path, json={"status": "supplement_requested"}).status_code == 201
    assert standing(gateway, province, code)["next_step"].endswith("(mẫu 02).")
    assert province.post(path, json={"status": "processing"}).status_code == 201
    assert province.post(path, json={"status": "payment_requested"}).status_code == 201
    assert standing(gateway, province, code)["next_step"] == "Ông, bà nộp tiền theo thông báo."


def test_the_qr_code_holds_the_page_and_tells_nothing(gateway: Gateway) -> None:
    answer = gateway.http.get("/v1/public-services/dossiers/H38.12-261102-9999/qr")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "image/svg+xml"
    assert "/tra-cuu?ma=H38.12-261102-9999" in answer.text
    assert gateway.http.get("/v1/public-services/dossiers/x/qr").status_code == 404
