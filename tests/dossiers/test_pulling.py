"""Dossiers of a ministry's system: pulled once each, run here, told to the nation by it alone."""

import base64
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

import pytest

from app.dossiers.sync.pulling import (
    MinistryPull,
    Outcome,
    PullingReceiver,
    PullTerms,
    moment_of,
)
from app.exchange.dvcqg.reading import PortalUnavailableError
from app.exchange.tables import outbox
from app.platform.clock import VIETNAM
from mock_ngsp.dvcqg.ministry import HoSoBoCoTep
from mock_ngsp.faults import Fault
from mock_ngsp.universe import Universe
from tests.acting import done
from tests.builders import a_dossier, evidence_of
from tests.contract.judges import message
from tests.dossiers.test_acts import shown, steps_of
from tests.exchange.ministry import reader_of
from tests.exchange.nation import bodies
from tests.gateway import Api, Gateway
from tests.uploads import fetch, link_of

T = TypeVar("T")
CODE = "G11.38-261102-000001"
FIRST, LAST = date(2026, 11, 1), date(2026, 11, 7)
PDF = b"%PDF-1.4\nmau"


class Ministry:
    """The ministry, and our gateway pulling from it."""

    def __init__(self, gateway: Gateway) -> None:
        self.gateway = gateway
        self.universe = Universe()
        self.terms = PullTerms.of(gateway.settings)

    def holds(self, *files: bytes, **changes: str) -> None:
        (row,) = message("ministry_danh_sach_ho_so_answer.json").json()["data"]
        given = {
            "row": row | changes,
            "files": [
                {"TenTaiLieu": f"{place}.pdf", "Base64": base64.b64encode(data).decode()}
                for place, data in enumerate(files, 1)
            ],
        }
        self.universe.ministry.put(HoSoBoCoTep.model_validate(given))

    def puller(self) -> MinistryPull:
        context = self.gateway.context
        reader = reader_of(self.universe)
        return MinistryPull(reader, context.database, context.clock, self.terms)

    def pull(self, first: date = FIRST, last: date = LAST) -> Outcome:
        return self.run(lambda: self.puller().run(first, last))

    def run(self, act: Callable[[], Awaitable[T]]) -> T:
        assert self.gateway.http.portal is not None
        return self.gateway.http.portal.call(act)


@pytest.fixture
def ministry(gateway: Gateway, province: Api) -> Ministry:
    assert shown(province, str(province.post("/v1/dossiers", json=a_dossier()).json()["code"]))
    return Ministry(gateway)


def test_a_dossier_is_pulled_once_and_marked_with_its_source(
    ministry: Ministry, province: Api
) -> None:
    ministry.holds(PDF)
    assert ministry.pull() == Outcome(new=1)
    assert ministry.pull() == Outcome(unchanged=1)
    found = shown(province, CODE)
    assert (found["status"], found["agency_code"]) == ("accepted", "H38.12")
    assert found["received_at"] == "2026-11-02T08:40:00+07:00"
    assert found["due_at"] == "2026-11-09T17:00:00+07:00"
    assert found["applicant"]["identity_number"] is None
    assert found["result_delivery"] == "postal"
    intake = found["intake"]
    assert (intake["entry"], intake["reference"]) == ("ministry_system", CODE)
    assert [step["status"] for step in steps_of(province, CODE)] == ["accepted"]
    feed = province.get("/v1/dossiers/feed").json()["items"]
    assert [one["dossier"]["code"] for one in feed] == [CODE]
    (entry,) = evidence_of(ministry.gateway, f"dossier:{CODE}")
    assert (entry.act, entry.client_id) == ("dossier.arrive", "system:ministry")


def test_its_row_is_kept_untouched_and_its_files_are_held_here(
    ministry: Ministry, province: Api
) -> None:
    ministry.holds(PDF, b"khac")
    ministry.pull()
    came = province.get(f"/v1/dossiers/{CODE}/received").json()
    (row,) = message("ministry_danh_sach_ho_so_answer.json").json()["data"]
    assert came["notices"][0]["content"] == row
    assert [(one["file"]["name"], one["reference"]) for one in came["files"]] == [
        ("1.pdf", f"/{CODE}/1"),
        ("2.pdf", f"/{CODE}/2"),
    ]
    papers = shown(province, CODE)["attachments"]
    assert [(one["name"], one["file_id"]) for one in papers] == [
        (one["file"]["name"], one["file"]["id"]) for one in came["files"]
    ]
    contents = [
        fetch(ministry.gateway, link_of(province, one["file_id"])).content for one in papers
    ]
    assert contents == [PDF, b"khac"]


def test_the_front_gives_a_file_by_the_address_the_ministry_has_it_at(
    ministry: Ministry, province: Api
) -> None:
    ministry.holds(PDF)
    ministry.pull()
    body = {"DuongDan": f"/{CODE}/1"}
    answer = province.post("/KetNoiMotCuaQuocGia/getfile", json=body)
    assert base64.b64decode(answer.text, validate=True) == PDF
    (paper,) = shown(province, CODE)["attachments"]
    came, given = evidence_of(ministry.gateway, f"file:{paper['file_id']}")
    assert (came.act, came.client_id) == ("file.receive", "system:ministry")
    assert given.act == "file.fetch"
    stranger = ministry.gateway.client("H38.61")
    assert stranger.post("/KetNoiMotCuaQuocGia/getfile", json=body).json()["error_code"] == -1


def test_what_is_done_on_it_is_not_told_to_the_nation(ministry: Ministry, province: Api) -> None:
    ministry.holds()
    ministry.pull()
    done(province, CODE, "forwardings")
    done(province, CODE, "completion")
    assert shown(province, CODE)["national"]["state"] == "by_others"
    keys = ministry.gateway.transact(
        lambda connection: list(connection.scalars(outbox.select().with_only_columns(outbox.c.key)))
    )
    assert f"dossier:{CODE}" not in keys
    assert len(keys) == 1, "the dossier that was filed here is owed"


def test_the_ministrys_word_on_the_status_counts(ministry: Ministry, province: Api) -> None:
    ministry.holds(PDF)
    ministry.pull()
    ministry.holds(PDF, MaTrangThai="9", TrangThaiHoSo="Đã xử lý xong")
    before = len(bodies(ministry.universe))
    assert ministry.pull() == Outcome(moved=1)
    assert len(bodies(ministry.universe)) == before + 1, "its files are not fetched again"
    found = shown(province, CODE)
    assert (found["status"], found["finished_at"] is None) == ("finished", False)
    assert "theo hệ thống của bộ" in steps_of(province, CODE)[-1]["content"]
    ministry.holds(PDF, MaTrangThai="1")
    assert ministry.pull().skipped == ((CODE, "carried-move"),)
    assert shown(province, CODE)["status"] == "finished"


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"MaHoSo": "GPLX/1"}, "code"),
        ({"MaTTHC": "x"}, "procedure_code"),
        ({"MaTTHC": "9.999999"}, "unknown-procedure"),
        ({"HoTenNguoiNop": ""}, "applicant"),
        ({"MaTrangThai": "77"}, "status_code"),
    ],
)
def test_a_row_that_cannot_be_taken_is_told_and_hinders_no_other(
    ministry: Ministry, changes: dict[str, str], why: str
) -> None:
    ministry.holds(**changes)
    ministry.holds(MaHoSo="G11.38-261102-000002")
    found = ministry.pull()
    assert (found.new, [reason for _, reason in found.skipped]) == (1, [why])


def test_a_code_of_a_dossier_that_came_otherwise_is_left_alone(
    ministry: Ministry, province: Api
) -> None:
    code = "H38.12-261102-0777"
    assert province.post("/v1/dossiers", json=a_dossier(code=code)).status_code == 201
    ministry.holds(MaHoSo=code)
    assert ministry.pull().skipped == ((code, "duplicate-dossier"),)
    assert shown(province, code)["intake"]["entry"] is None


@pytest.mark.parametrize(
    ("unit", "agency"),
    [("H38.61", "H38.61"), ("000.00.61.H38", "H38.61"), ("H38.99", "H38"), ("H53.71", "H38")],
)
def test_a_unit_that_is_not_ours_is_that_of_the_setting(
    ministry: Ministry, province: Api, unit: str, agency: str
) -> None:
    ministry.holds(MaDonViXuLy="H38.12")
    (row,) = ministry.universe.ministry.listed("H38", "2026-11-01", "2026-11-07")
    row["MaDonViXuLy"] = unit
    ministry.pull()
    if unit.startswith("H38"):
        assert shown(province, CODE)["agency_code"] == agency


def test_a_file_that_is_too_large_or_spoilt_is_left_there(
    ministry: Ministry, province: Api
) -> None:
    ministry.terms = replace(ministry.terms, longest=20)
    ministry.holds(PDF, b"x" * 21, b"")
    assert ministry.pull() == Outcome(new=1)
    came = province.get(f"/v1/dossiers/{CODE}/received").json()
    assert [one["file"]["name"] for one in came["files"]] == ["1.pdf"]


def test_only_the_days_asked_for_are_pulled(ministry: Ministry) -> None:
    ministry.holds()
    assert ministry.pull(date(2026, 11, 3), LAST) == Outcome()
    assert ministry.pull(date(2026, 11, 2), date(2026, 11, 2)) == Outcome(new=1)
    asked = [body for body in bodies(ministry.universe) if body["service"] == "DanhSachHoSo"]
    assert (asked[0]["donViXuLy"], asked[0]["ngayNhan1"]) == ("H38", "2026-11-03")


def test_the_worker_pulls_the_last_days_once_in_an_interval(ministry: Ministry) -> None:
    ministry.holds()
    context = ministry.gateway.context

    def receiver() -> PullingReceiver:
        every = timedelta(hours=6)
        return PullingReceiver(
            ministry.puller(), context.database, context.clock, every=every, days=1
        )

    async def turn() -> int:
        return await receiver().turn()

    fault = Fault("DanhSachHoSo", 1, 503, reset=False, delay=None, after=False)
    ministry.universe.faults.add(fault)
    assert [ministry.run(turn), ministry.run(turn)] == [0, 0]
    ministry.gateway.clock.advance(timedelta(minutes=10))
    assert [ministry.run(turn), ministry.run(turn)] == [1, 0]
    ministry.gateway.clock.advance(timedelta(hours=6))
    ministry.holds(MaTrangThai="4")
    assert ministry.run(turn) == 1


def test_without_an_answer_nothing_is_said_to_be_pulled(ministry: Ministry) -> None:
    fault = Fault("DanhSachHoSo", 1, 503, reset=False, delay=None, after=False)
    ministry.universe.faults.add(fault)
    with pytest.raises(PortalUnavailableError):
        ministry.pull()


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("20261102084000", datetime(2026, 11, 2, 8, 40, tzinfo=VIETNAM)),
        ("2026-11-02T08:40:00", datetime(2026, 11, 2, 8, 40, tzinfo=VIETNAM)),
        ("02/11/2026 08:40", datetime(2026, 11, 2, 8, 40, tzinfo=VIETNAM)),
        (" 2026-11-02 ", datetime(2026, 11, 2, tzinfo=VIETNAM)),
        ("", None),
        ("hôm qua", None),
    ],
)
def test_a_moment_is_read_in_each_form_it_may_have(text: str, moment: Any) -> None:
    assert moment_of(text) == moment
