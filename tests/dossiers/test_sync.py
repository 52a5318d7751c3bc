"""What the nation is told of a dossier, and what its answer changes."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from typing_extensions import override

from app.dossiers.domain.dossier import Step
from app.dossiers.domain.filing import Channel, Fee, FeeKind, Identity, IdentityType
from app.dossiers.domain.statuses import Status
from app.dossiers.sync import handlers, linking, record_of, row_of
from app.exchange.dvcqg.client import DvcqgClient
from app.exchange.dvcqg.wire import DossierRecord, ProgressRow
from app.exchange.outcomes import Deferred, Delivered, Outcome, Refused
from app.exchange.relay import Relay
from app.exchange.terms import Terms
from mock_ngsp.dvcqg.wire import HoSo
from tests.acting import done, staged
from tests.builders import RECEIVED, a_dossier, a_filing, a_handling, a_held_dossier
from tests.contract.judges import faults_of_json
from tests.gateway import Api, Gateway

LATER = RECEIVED + timedelta(days=1)


class Nation(DvcqgClient):
    """Takes what it is told and answers as scripted; delivered when the script is over."""

    def __init__(self, *outcomes: Outcome) -> None:
        self.told: list[tuple[DossierRecord, list[ProgressRow]]] = []
        self._outcomes = list(outcomes)

    @override
    async def sync_dossier(self, record: DossierRecord, rows: Sequence[ProgressRow]) -> Outcome:
        self.told.append((record, list(rows)))
        return self._outcomes.pop(0) if self._outcomes else Delivered()


def on_the_wire(record: DossierRecord | ProgressRow) -> Any:
    return json.loads(record.model_dump_json())


def turn(gateway: Gateway, nation: Nation, *, has_key: bool = True) -> None:
    context = gateway.context
    link = linking(gateway.settings, gateway.clock) if has_key else None
    relay = Relay(
        context.database,
        gateway.clock,
        handlers(nation, link),
        terms=Terms.of(gateway.settings, worker="test"),
        metrics=context.metrics,
    )
    assert gateway.http.portal is not None
    gateway.http.portal.call(relay.turn)


def submit(api: Api) -> str:
    return str(api.post("/v1/dossiers", json=a_dossier()).json()["code"])


def move(api: Api, code: str, *statuses: str) -> None:
    for status in statuses:
        answer = api.post(f"/v1/dossiers/{code}/progress", json={"status": status})
        assert answer.status_code == 201


def national_of(api: Api, code: str) -> dict[str, Any]:
    found: dict[str, Any] = api.get(f"/v1/dossiers/{code}").json()["national"]
    return found


@pytest.mark.parametrize("status", Status)
def test_the_record_is_what_the_nation_describes(status: Status) -> None:
    dossier = a_held_dossier(status)
    wire = on_the_wire(record_of(dossier.facts()))
    assert faults_of_json("dvcqg.yaml#/components/schemas/HoSo", wire) == []
    assert wire["TrangThaiHoSo"] == str(status.code)


def test_the_record_says_what_was_filed() -> None:
    wire = on_the_wire(record_of(a_held_dossier().facts()))
    expected = {
        "MaHoSo": "H38.12-261102-0007",
        "MaTTHC": "1.003560.H38",
        "KenhThucHien": "2",
        "LoaiDoiTuong": "1",
        "ChuHoSo": "Nguyễn Thị Giả Định",
        "SoGiayToChuHoSo": "000000000001",
        "DinhDanhCHS": [{"LoaiDinhDanh": "1", "SoDinhDanh": "000000000001"}],
        "NgayTiepNhan": "20261102084000",
        "NgayHenTra": "20261109170000",
        "NgayKetThucXuLy": "",
        "HinhThuc": "1",
        "NoiNopHoSo": "2",
        "HoSoCoThanhPhanSoHoa": "1",
        "DuocThanhToanTrucTuyen": "3",
    }
    assert {name: wire[name] for name in expected} == expected
    assert wire["TaiLieuNop"][0]["TepDinhKemId"] == "H38.12-261102-0007/1"
    assert wire["DanhSachLePhi"][0]["Gia"] == "20000"


def test_the_moments_the_nation_counts_by_follow_the_status() -> None:
    dossier = a_held_dossier().move(Status.FINISHED, None, happened_at=LATER, now=LATER)
    dossier = dossier.move(Status.RETURNED, None, happened_at=LATER, now=LATER)
    wire = on_the_wire(record_of(dossier.facts()))
    assert wire["NgayKetThucXuLy"] == wire["NgayTra"] == "20261103084000"
    assert wire["NgayTuChoi"] == ""


@pytest.mark.parametrize(
    ("channel", "code"), [(Channel.COUNTER, "1"), (Channel.ONLINE, "2"), (Channel.POSTAL, "3")]
)
def test_the_channel_has_its_national_code(channel: Channel, code: str) -> None:
    dossier = a_held_dossier(filing=a_filing(channel=channel))
    assert record_of(dossier.facts()).channel == code


def test_a_number_whose_kind_has_no_national_code_is_no_identity() -> None:
    passport = Identity(IdentityType.PASSPORT, "X0000001")
    record = record_of(a_held_dossier(filing=a_filing(identity=passport)).facts())
    assert record.owner_identity_number == "X0000001"
    assert record.owner_identities == ()
    assert faults_of_json("dvcqg.yaml#/components/schemas/HoSo", on_the_wire(record)) == []


def test_a_dossier_without_anything_to_pay_says_so() -> None:
    free = Fee("LP00", "Miễn phí", 0, FeeKind.FEE)
    assert record_of(a_held_dossier(filing=a_filing(fees=[free])).facts()).online_payment == "0"


def test_a_step_is_a_row_as_the_nation_describes() -> None:
    step = Step(
        Status.FINISHED, RECEIVED, "Trần Văn Ví Dụ", "Xong", "Chuyên viên", "Phòng mẫu", RECEIVED
    )
    wire = on_the_wire(row_of("H38.12-261102-0007", step.facts()))
    assert faults_of_json("dvcqg.yaml#/components/schemas/TienDo", wire) == []
    assert wire == {
        "MaHoSo": "H38.12-261102-0007",
        "NguoiXuLy": "Trần Văn Ví Dụ",
        "ChucDanh": "Chuyên viên",
        "ThoiDiemXuLy": "20261102084000",
        "PhongBanXuLy": "Phòng mẫu",
        "NoiDungXuLy": "Xong",
        "TrangThai": "9",
        "NgayBatDau": "20261102084000",
        "NgayKetThucTheoQuyDinh": "",
    }


def test_acts_that_wait_together_are_told_together(gateway: Gateway, province: Api) -> None:
    nation = Nation()
    code = submit(province)
    move(province, code, "accepted", "processing", "finished")
    turn(gateway, nation)
    [(record, rows)] = nation.told
    assert (record.code, record.status) == (code, "9")
    assert [row.status for row in rows] == ["1", "2", "4", "9"]
    assert national_of(province, code) == {
        "state": "delivered",
        "reason": None,
        "delivered_at": "2026-11-02T09:00:00+07:00",
    }


def test_more_than_ten_acts_go_in_batches_of_ten(gateway: Gateway, province: Api) -> None:
    nation = Nation()
    code = submit(province)
    move(province, code, "accepted", *["processing"] * 10)
    turn(gateway, nation)
    assert national_of(province, code)["state"] == "waiting"
    turn(gateway, nation)
    assert [len(rows) for _, rows in nation.told] == [10, 2]
    assert national_of(province, code)["state"] == "delivered"


def test_an_act_after_a_delivery_waits_again(gateway: Gateway, province: Api) -> None:
    nation = Nation()
    code = submit(province)
    turn(gateway, nation)
    move(province, code, "accepted")
    found = national_of(province, code)
    assert (found["state"], found["delivered_at"]) == (
        "not_connected",
        "2026-11-02T09:00:00+07:00",
    )


def test_a_deferred_delivery_says_why_and_is_made_later(gateway: Gateway, province: Api) -> None:
    nation = Nation(Deferred("http-503"))
    code = submit(province)
    turn(gateway, nation)
    held = national_of(province, code)
    assert (held["state"], held["reason"]) == ("deferred", "http-503")
    gateway.clock.advance(timedelta(minutes=15))
    turn(gateway, nation)
    assert national_of(province, code)["state"] == "delivered"


def test_a_refused_dossier_stays_refused_through_further_acts(
    gateway: Gateway, province: Api
) -> None:
    nation = Nation(Refused("-1", "Sai mã lĩnh vực"))
    code = submit(province)
    turn(gateway, nation)
    move(province, code, "accepted")
    turn(gateway, nation)
    held = national_of(province, code)
    assert (held["state"], held["reason"]) == ("refused", "-1: Sai mã lĩnh vực")
    assert len(nation.told) == 1


def test_two_dossiers_do_not_wait_for_each_other(gateway: Gateway, province: Api) -> None:
    nation = Nation(Refused("-1", "x"))
    codes = [submit(province), submit(province)]
    turn(gateway, nation)
    states = sorted(national_of(province, code)["state"] for code in codes)
    assert states == ["delivered", "refused"]


def test_what_the_acts_left_is_in_the_record() -> None:
    dossier = replace(a_held_dossier(), handling=a_handling())
    record = on_the_wire(record_of(dossier.facts()))
    first, second = record["DanhSachHoSoBoSung"]
    assert (first["HoSoBoSungId"], first["NoiDungBoSung"]) == ("1", "Thiếu; Bản sao")
    assert (first["TrangThaiBoSung"], second["TrangThaiBoSung"]) == ("True", "False")
    assert (first["NgayBoSung"], first["NgayTiepNhanBoSung"]) == (
        "20261102084000",
        "20261103084000",
    )
    assert (first["NgayHenTraTruoc"], first["NgayHenTraMoi"]) == ("20261103084000",) * 2
    (paper,) = first["DanhSachGiayToBoSung"]
    assert (paper["MaThanhPhanHoSo"], paper["DuocSoHoa"]) == ("TP02", "1")
    assert [fee["MaPhiLePhi"] for fee in record["DanhSachLePhi"]] == ["LP01", "LP02"]
    assert (record["DuocThanhToanTrucTuyen"], record["HinhThuc"]) == ("2", "1")
    assert record["ThongTinTra"] == "Qua dịch vụ bưu chính công ích (EB000000001VN)"
    (result,) = record["DanhSachGiayToKetQua"]
    assert (result["MaGiayToKetQua"], result["DuongDanTepTinKetQua"]) == (
        "KQ.H38.000001",
        "https://onestop.example.vn/3",
    )


def test_the_mock_nation_takes_what_the_acts_left() -> None:
    dossier = replace(a_held_dossier(), handling=a_handling())
    taken = HoSo.model_validate(on_the_wire(record_of(dossier.facts())))
    assert [one.NoiDungBoSung for one in taken.DanhSachHoSoBoSung] == [
        "Thiếu; Bản sao",
        "Còn thiếu",
    ]


def test_a_rating_and_a_message_from_before_the_acts() -> None:
    facts = replace(a_held_dossier(), handling=a_handling()).facts()
    assert facts["handling"]["rating"] is None
    older = {name: facts[name] for name in facts if name not in {"handling", "due_at"}}
    record = on_the_wire(record_of(older))
    assert (record["DanhSachHoSoBoSung"], record["NgayHenTra"]) == ([], "20261109170000")


def test_an_act_that_moves_nothing_tells_the_record_and_no_row(
    gateway: Gateway, province: Api
) -> None:
    nation = Nation()
    code = staged(province, "extensions")
    turn(gateway, nation)
    done(province, code, "extensions")
    turn(gateway, nation)
    record, rows = nation.told[-1]
    assert (on_the_wire(record)["NgayHenTra"], rows) == ("20261116170000", [])
    done(province, code, "completion")
    done(province, code, "results")
    turn(gateway, nation)
    told = len(nation.told)
    done(province, code, "rating")
    turn(gateway, nation)
    assert len(nation.told) == told
    assert national_of(province, code)["state"] == "delivered"
