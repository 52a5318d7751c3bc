"""Promotion notices as they are run: told back in their own service, and changed."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from app.access.domain import Scope
from app.platform.clock import FrozenClock
from app.platform.settings import Settings
from mock_ngsp.faults import Fault
from tests.acting import done
from tests.builders import evidence_of
from tests.facades.born import (
    CHANGE_CODE,
    CODE,
    FRONT,
    TECH_ID,
    Born,
    a_change,
    a_notice,
    a_status,
    born,
    report,
    shown,
)


@pytest.fixture
def chosen(request: pytest.FixtureRequest) -> dict[str, Any]:
    return dict(getattr(request, "param", {}))


@pytest.fixture
def nation(
    settings: Settings, clock: FrozenClock, tmp_path: Path, chosen: dict[str, Any]
) -> Iterator[Born]:
    with born(settings, clock, tmp_path, **chosen) as made:
        yield made


def test_the_nation_is_told_in_its_own_service_and_refused_is_11(nation: Born) -> None:
    nation.push(a_notice())
    api = nation.gateway.client()
    done(api, CODE, "refusal", reason="Không thuộc thẩm quyền")
    while nation.relay():
        pass
    (status,) = nation.universe.statuses
    assert (status["TrangThai"], status["MaHoSo"], status["MaDoiTuong"]) == ("11", CODE, TECH_ID)
    assert "Không thuộc thẩm quyền" in status["NoiDung"]
    assert nation.universe.dossiers.all() == []
    assert shown(nation)["national"]["state"] == "delivered"


def test_every_row_is_told_in_order_and_the_result_with_the_last(nation: Born) -> None:
    nation.push(a_notice())
    api = nation.gateway.client()
    for act in ("acceptance", "forwardings", "extensions", "completion"):
        changes = {"due_at": "2026-11-20T17:00:00+07:00"} if act == "extensions" else {}
        done(api, CODE, act, **changes)
    while nation.relay():
        pass
    assert [code for code, _ in nation.told()] == ["2", "4", "9"]
    papers = nation.universe.statuses[-1]["TaiLieuXuLy"]
    assert [paper["TenTepDinhKem"] for paper in papers] == [
        one["name"] for one in shown(nation)["handling"]["results"] if one["url"]
    ]
    assert papers


def test_a_status_that_is_not_taken_waits_and_is_told_once(nation: Born) -> None:
    nation.push(a_notice())
    done(nation.gateway.client(), CODE, "acceptance")
    fault = Fault("DongBoTrangThaiHoSo", 1, 503, reset=False, delay=None, after=True)
    nation.universe.faults.add(fault)
    nation.relay()
    assert shown(nation)["national"]["state"] == "deferred"
    nation.gateway.clock.advance(timedelta(minutes=5))
    nation.relay()
    assert [code for code, _ in nation.told()] == ["2"]
    assert shown(nation)["national"]["state"] == "delivered"


@pytest.mark.parametrize("form", ["bare", "envelope"])
def test_the_front_takes_a_status_into_our_store(nation: Born, form: str) -> None:
    nation.push(a_notice())
    for code in ("2", "4"):
        told = a_status(code)
        body = told if form == "bare" else {"type": "2", "session": "x", "data": told}
        for _ in range(2):
            answer = report(nation, body)
            assert (answer.status_code, answer.json()["error_code"]) == (200, 0), answer.text
            assert "thành công" in answer.json()["message"]
    assert shown(nation)["status"] == "processing"
    paper = {"TenTepDinhKem": "kq.pdf", "DuongDanTaiTepTin": "https://onestop.example.vn/kq.pdf"}
    assert report(nation, a_status("9", TaiLieuXuLy=[paper])).json()["error_code"] == 0
    assert [one["name"] for one in shown(nation)["handling"]["results"]] == ["kq.pdf"]
    while nation.relay():
        pass
    assert nation.told() == [("2", "Bước 2"), ("4", "Bước 4"), ("9", "Bước 9")]
    assert nation.universe.statuses[-1]["TaiLieuXuLy"][0]["TenTepDinhKem"] == "kq.pdf"


@pytest.mark.parametrize("code", ["3", "11"])
def test_the_front_translates_the_local_refusal(nation: Born, code: str) -> None:
    nation.push(a_notice())
    assert report(nation, a_status(code)).json()["error_code"] == 0
    assert shown(nation)["status"] == "rejected"
    nation.relay()
    assert nation.told() == [("11", f"Bước {code}")]


def test_what_the_front_may_not_take_is_refused(nation: Born) -> None:
    nation.push(a_notice())
    assert nation.gateway.http.post(FRONT, json=a_status("2")).status_code == 401
    assert report(nation, a_status("2"), Scope.READ_DOSSIERS).status_code == 403
    assert report(nation, a_status("2"), member="H38.61").json()["error_code"] == -1
    assert report(nation, a_status("10")).json()["error_code"] == -1
    assert report(nation, a_status("12")).json()["error_code"] == -1
    assert shown(nation)["status"] == "registered"


def test_a_status_of_a_notice_that_is_not_here_goes_on_to_the_nation(nation: Born) -> None:
    told = a_status("3", MaHoSo="G02.24-261102-000009", MaHoSoDonVi="H38.12-261102-0009")
    assert report(nation, told, Scope.PROGRESS_DOSSIERS).status_code == 403
    assert report(nation, told).json()["error_code"] == 0
    assert [one["TrangThai"] for one in nation.universe.statuses] == ["11"]


def test_a_change_brings_the_papers_that_were_asked_for(nation: Born) -> None:
    nation.push(a_notice())
    api = nation.gateway.client()
    for act in ("acceptance", "forwardings", "supplements"):
        done(api, CODE, act)
    assert nation.code_of(a_change()) == 0
    assert nation.code_of(a_change()) == 1
    dossier = shown(nation)
    (asked,) = dossier["handling"]["supplements"]
    assert asked["receipt"]["papers"][0]["name"] == "dieu-chinh.pdf"
    assert "Kéo dài thêm ba ngày" in asked["receipt"]["note"]
    assert dossier["status"] == "accepted"
    notices = shown(nation, "/received")["notices"]
    assert [one["reference"] for one in notices] == [CODE, CHANGE_CODE]
    assert notices[1]["content"]["ThongTinSuaDoi"] == {"ThoiGianKhuyenMaiDen": "20261120000000"}


def test_a_change_nobody_asked_for_is_a_row_of_progress(nation: Born) -> None:
    nation.push(a_notice())
    assert nation.code_of(a_change()) == 0
    assert shown(nation)["status"] == "registered"
    rows = shown(nation, "/progress")["items"]
    assert rows[-1]["content"] == f"Điều chỉnh thông báo ({CHANGE_CODE}): Kéo dài thêm ba ngày"
    assert rows[-1]["actor"] == "citizen"


def test_a_change_that_says_so_replaces_what_it_said(nation: Born) -> None:
    nation.push(a_notice())
    nation.push(a_change())
    assert nation.code_of(a_change(updating="True", LyDoDieuChinh="Lý do khác")) == 0
    notices = shown(nation, "/received")["notices"]
    assert notices[1]["content"]["LyDoDieuChinh"] == "Lý do khác"
    acts = [entry.act for entry in evidence_of(nation.gateway, f"dossier:{CODE}")]
    assert acts == ["dossier.arrive", "dossier.amend", "dossier.amend"]


def test_a_change_of_what_never_came_or_has_ended_is_refused(nation: Born) -> None:
    unknown = nation.push(a_change()).json()
    assert unknown == {"error_code": -1, "message": f"Hồ sơ {CODE} không tồn tại"}
    nation.push(a_notice())
    done(nation.gateway.client(), CODE, "withdrawal")
    ended = nation.push(a_change()).json()
    assert (ended["error_code"], "không thể điều chỉnh" in ended["message"]) == (-1, True)
