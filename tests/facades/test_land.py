"""What a land system says moves dossiers by their own rules, once."""

import pytest

from app.access.domain import Scope
from app.codes import AgencyCode
from app.facades.land.use_cases import systems
from mock_ngsp.ngsp.land.calling import STATUSES, body_of
from tests.acting import done, staged
from tests.builders import evidence_of
from tests.facades.land_system import (
    DONE,
    Land,
    handed_over,
    notices_of,
    rows_of,
    status_of,
)
from tests.gateway import Api, Gateway
from tests.lookups.nation import refusal_of


def test_a_dossier_goes_the_land_systems_whole_way(land: Land, api: Api) -> None:
    code = handed_over(api)
    course = {
        "ChuyenHoSo": "processing",
        "YeuCauBoSungHoSo": "supplement_requested",
        "NhanBoSungHoSo": "accepted",
        "GuiKetQuaThue": "payment_requested",
        "YeuCauCapNhatHoSo": "payment_requested",
        "KetThucHoSo": "finished",
    }
    assert set(course) == set(STATUSES)
    for operation, status in course.items():
        assert land.done(operation, code) == DONE
        assert status_of(api, code) == status, operation
    (line,) = api.get(f"/v1/dossiers/{code}/errands").json()["items"]
    assert (line["state"], line["status"]) == ("ended", "KetThucHoSo")
    events = api.get(f"/v1/errands/{line['id']}").json()["events"]
    assert {one["code"] for one in events} == set(course)
    (asked,) = api.get(f"/v1/dossiers/{code}").json()["handling"]["supplements"]
    assert (asked["content"], asked["papers"]) == ("Thiếu trích lục bản đồ", ["Trích lục bản đồ"])
    staff = {row["staff_name"] for row in rows_of(api, code)[2:]}
    assert staff == {"Cán bộ Đất Đai Mẫu", "Cán bộ Thuế Mẫu"}


def test_every_act_stands_in_the_evidence_under_the_systems_name(
    gateway: Gateway, land: Land, api: Api
) -> None:
    code = handed_over(api)
    land.done("ChuyenHoSo", code)
    land.done("GuiKetQuaThue", code)
    land.done("YeuCauCapNhatHoSo", code)
    entries = [one for one in evidence_of(gateway, f"dossier:{code}") if "land" in one.client_id]
    assert {one.client_id for one in entries} == {"system:land:vbdlis"}
    assert [one.act for one in entries] == [
        "dossier.progress", "dossier.tax_notices.keep", "dossier.progress", "dossier.note",
    ]  # fmt: skip


@pytest.mark.parametrize("operation", STATUSES)
def test_the_same_word_again_changes_nothing(land: Land, api: Api, operation: str) -> None:
    code = handed_over(api)
    if operation == "NhanBoSungHoSo":
        land.done("YeuCauBoSungHoSo", code)
    land.done(operation, code)
    before = (status_of(api, code), rows_of(api, code), notices_of(api, code))
    body = body_of(operation, code, land.gateway.clock.now(), {})
    again = dict(reversed(body.items()))
    assert land.post(operation, again).json() == DONE
    assert (status_of(api, code), rows_of(api, code), notices_of(api, code)) == before


def test_tax_notices_are_kept_once_for_each_number(land: Land, api: Api) -> None:
    code = handed_over(api)
    land.done("GuiKetQuaThue", code)
    rows = len(rows_of(api, code))
    told = body_of("GuiKetQuaThue", code, land.gateway.clock.now(), {})["DanhSachThongBaoThue"]
    corrected = [told[0] | {"HoTenChu": "Trần Thị Ví Dụ"}]
    land.done("GuiKetQuaThue", code, DanhSachThongBaoThue=corrected)
    assert len(rows_of(api, code)) == rows
    first, second = notices_of(api, code)
    assert (first["number"], first["owner_name"]) == ("TB-0001/2026", "Trần Thị Ví Dụ")
    assert (second["kind"], second["handled_by"]) == ("Thuế thu nhập cá nhân", "Cán bộ Thuế Mẫu")
    assert first["resulted_at"] == "2026-11-02T09:00:00+07:00"
    land.done("GuiKetQuaThue", code, DanhSachThongBaoThue=[told[0] | {"SoThongBaoThue": "TB-0003"}])
    assert [one["number"] for one in notices_of(api, code)][2] == "TB-0003"
    assert len(rows_of(api, code)) == rows + 1


def test_tax_notices_are_read_by_whom_they_concern(gateway: Gateway, land: Land, api: Api) -> None:
    code = handed_over(api)
    land.done("GuiKetQuaThue", code)
    path = f"/v1/dossiers/{code}/tax-notices"
    assert gateway.http.get(path).status_code == 401
    assert gateway.client("H38", Scope.PLACE_LAND_FILES).get(path).status_code == 403
    assert refusal_of(gateway.client("H38.13").get(path)) == (404, "unknown-dossier")


def test_papers_that_the_counter_received_are_only_noted(land: Land, api: Api) -> None:
    code = handed_over(api)
    land.done("YeuCauBoSungHoSo", code)
    done(api, code, "supplements/{number}/receipt")
    status = status_of(api, code)
    land.done("NhanBoSungHoSo", code)
    assert status_of(api, code) == status
    assert rows_of(api, code)[-1]["content"] == "Đã nhận giấy tờ bổ sung"


def test_what_the_dossiers_own_rules_forbid_is_refused_in_words(land: Land, api: Api) -> None:
    code = handed_over(api)
    land.done("KetThucHoSo", code)
    answer = land.say("YeuCauBoSungHoSo", code)
    assert (answer.status_code, answer.json()["Result"]) == (200, False)
    assert status_of(api, code) == "finished"
    assert land.say("YeuCauBoSungHoSo", code).json()["Result"] is False, "a refusal is no word"


def test_a_dossier_that_it_does_not_have_is_not_there_for_it(
    gateway: Gateway, land: Land, api: Api
) -> None:
    mine = staged(api, "forwardings")
    for number in (mine, "H38.12-261102-9999", "VP-1"):
        answer = land.say("ChuyenHoSo", number).json()
        assert answer["Result"] is False
        assert answer["Message"].startswith("SoBienNhan: không có hồ sơ")
    member = AgencyCode("H38.13")
    gateway.transact(systems.register, gateway.clock, name="khac", member=member, code="khac" * 9)
    code = handed_over(api)
    assert Land(gateway, "khac" * 9).say("ChuyenHoSo", code).json()["Result"] is False
