"""What the national portal tells of tax notices is kept with the dossier that was told of them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import select
from structlog.testing import capture_logs

from app.access.domain import Caller, Scope
from app.codes import AgencyCode, DossierCode
from app.errands.tables import tax_vouchers
from app.errands.use_cases import list_tax_vouchers, reseal_vouchers
from app.facades.land.use_cases.systems import register
from app.platform.clock import FrozenClock
from app.platform.sealing import new_sealing_key, sealer_of
from app.platform.settings import Settings
from mock_ngsp.dvcqg.taxes import PAYMENT, STANDING, Taxes
from tests.builders import evidence_of
from tests.facades.born import SECRET, Born, born
from tests.facades.land_system import CODE, Land, handed_over, rows_of, status_of
from tests.gateway import Api
from tests.lookups.nation import refusal_of

NOTICE = "TB-0001/2026"
PEOPLE = ("Nguyễn Thị Giả Định", "000000000001", "0000000001", "Thôn Ví Dụ", "BL-000001", "GCN-0")
TAKEN = {"error_code": 0, "message": "Thành công"}
KNOWN = {"error_code": 1, "message": "Chứng từ này đã tồn tại"}


@dataclass
class Portal:
    """The national portal, a land system, and a one-stop system of one dossier."""

    nation: Born
    land: Land
    api: Api
    code: str

    def body(self, operation: str, **changes: Any) -> dict[str, Any]:
        now = self.nation.gateway.clock.now()
        return Taxes().body_of(operation, NOTICE, now, changes)

    def post(self, operation: str, body: Any, secret: str = SECRET) -> httpx.Response:
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        headers = {"Authorization": f"Bearer {secret}"}
        answer: httpx.Response = self.nation.gateway.http.post(
            f"/api/dvcqg/{operation}", content=content, headers=headers
        )
        return answer

    def say(self, operation: str = PAYMENT, **changes: Any) -> dict[str, Any]:
        answer = self.post(operation, self.body(operation, **changes))
        assert answer.status_code == 200, answer.text
        said: dict[str, Any] = answer.json()
        return said

    def vouchers(self) -> list[dict[str, Any]]:
        answer = self.api.get(f"/v1/dossiers/{self.code}/tax-vouchers")
        assert answer.status_code == 200, answer.text
        found: list[dict[str, Any]] = answer.json()["items"]
        return found

    def last_row(self) -> dict[str, Any]:
        return rows_of(self.api, self.code)[-1]


@pytest.fixture
def chosen(request: pytest.FixtureRequest) -> dict[str, Any]:
    return dict(getattr(request, "param", {}))


@pytest.fixture
def portal(
    settings: Settings, clock: FrozenClock, tmp_path: Path, chosen: dict[str, Any]
) -> Iterator[Portal]:
    with born(settings, clock, tmp_path, **chosen) as nation:
        gateway, member = nation.gateway, AgencyCode("H38")
        gateway.transact(register, clock, name="vbdlis", member=member, code=CODE)
        api, land = gateway.client("H38"), Land(gateway)
        code = handed_over(api)
        land.done("GuiKetQuaThue", code)
        yield Portal(nation, land, api, code)


def test_a_payment_is_kept_with_the_dossier_that_was_told_of_its_notice(portal: Portal) -> None:
    assert portal.say() == TAKEN
    (voucher,) = portal.vouchers()
    payer = voucher.pop("payer")
    assert {name: voucher[name] for name in ("word", "notice_number", "source", "status")} == {
        "word": "payment",
        "notice_number": NOTICE,
        "source": "KBNN",
        "status": "1",
    }
    assert (voucher["amount_vnd"], voucher["is_paid"]) == (1_250_000, True)
    assert voucher["paid_at"] == "2026-11-02T09:00:00+07:00"
    assert (payer["name"], payer["identity_number"], payer["tax_code"]) == PEOPLE[:3]
    assert (payer["receipt"], payer["province"]) == ("BL-000001", "Tỉnh Giả Định")
    assert (payer["content"], payer["certificate"]) == ("Nộp lệ phí trước bạ", "GCN-000001")
    row = portal.last_row()
    assert row["content"] == f"Đã nộp 1.250.000 đồng theo thông báo thuế {NOTICE}"
    assert row["staff_name"] == "Cổng Dịch vụ công quốc gia"
    assert status_of(portal.api, portal.code) == "payment_requested"
    entry = evidence_of(portal.nation.gateway, f"dossier:{portal.code}")[-1]
    assert (entry.act, entry.client_id) == ("dossier.tax_voucher.keep", "system:dvcqg")


def test_how_a_notice_stands_takes_the_place_of_how_it_stood(portal: Portal) -> None:
    assert portal.say(STANDING) == TAKEN
    words = "phải nộp 3.000.000 đồng, miễn giảm 0 đồng, đã nộp 0 đồng, còn phải nộp 3.000.000 đồng"
    assert portal.last_row()["content"] == f"Tình hình thông báo thuế {NOTICE}: {words}"
    (first,) = portal.vouchers()
    rows = len(rows_of(portal.api, portal.code))
    assert portal.say(STANDING, TongDaNop="3000000", TongConPhaiNop=0) == TAKEN
    (second,) = portal.vouchers()
    assert second["id"] == first["id"]
    assert (second["settled_vnd"], second["outstanding_vnd"]) == (3_000_000, 0)
    assert second["result_code"] == "00"
    assert second["payer"]["explanation"] == "Còn phải nộp"
    assert len(rows_of(portal.api, portal.code)) == rows + 1


@pytest.mark.parametrize("operation", [PAYMENT, STANDING])
def test_the_same_again_changes_nothing_however_it_is_written(
    portal: Portal, operation: str
) -> None:
    body = portal.body(operation)
    assert portal.post(operation, body).json() == TAKEN
    before = (portal.vouchers(), rows_of(portal.api, portal.code))
    acts = len(evidence_of(portal.nation.gateway, f"dossier:{portal.code}"))
    again = json.dumps(dict(reversed(body.items())), indent=2, ensure_ascii=False).encode()
    assert portal.post(operation, again).json() == KNOWN
    assert (portal.vouchers(), rows_of(portal.api, portal.code)) == before
    assert len(evidence_of(portal.nation.gateway, f"dossier:{portal.code}")) == acts


def test_the_same_payment_told_otherwise_is_one_voucher(portal: Portal) -> None:
    portal.say(TrangThaiThanhToan="0")
    assert portal.last_row()["content"].startswith("Chưa nộp được (trạng thái 0) 1.250.000 đồng")
    (waiting,) = portal.vouchers()
    assert portal.say() == TAKEN
    (paid,) = portal.vouchers()
    assert (waiting["is_paid"], paid["is_paid"]) == (False, True)
    assert paid["id"] == waiting["id"]
    rows = len(rows_of(portal.api, portal.code))
    assert portal.say(HoTenNguoiNopTien="Trần Thị Ví Dụ") == TAKEN
    (corrected,) = portal.vouchers()
    assert corrected["payer"]["name"] == "Trần Thị Ví Dụ"
    assert len(rows_of(portal.api, portal.code)) == rows, "nothing that the row says has changed"


@pytest.mark.parametrize(
    "changes",
    [
        {"BienLai": "BL-000002"}, {"SoTien": 500_000}, {"Nguon": "NHTM"},
        {"ThoiGianThanhToan": "02/11/2026 08:00"}, {"MaThongBaoThue": "TB-0002/2026"},
    ],
)  # fmt: skip
def test_another_payment_is_another_voucher(portal: Portal, changes: dict[str, Any]) -> None:
    portal.say()
    assert portal.say(**changes) == TAKEN
    assert len(portal.vouchers()) == 2


@pytest.mark.parametrize(
    ("moment", "read"),
    [
        ("20261102084500", "08:45:00"),
        ("02/11/2026", "00:00:00"),
        ("2026-11-02T01:45:00Z", "08:45:00"),
    ],
)
def test_a_moment_is_read_in_every_form(portal: Portal, moment: str, read: str) -> None:
    assert portal.say(ThoiGianThanhToan=moment) == TAKEN
    assert portal.vouchers()[0]["paid_at"] == f"2026-11-02T{read}+07:00"
    assert portal.last_row()["happened_at"] == f"2026-11-02T{read}+07:00"


def test_the_shortened_names_of_the_address_are_taken(portal: Portal) -> None:
    short: dict[str, Any] = {"Tinh": "Tỉnh Khác", "Huyen": "Huyện Khác", "Xa": "Xã Khác"}
    long = dict.fromkeys(f"{name}NguoiNopTien" for name in short)
    assert portal.say(PAYMENT, **short | long) == TAKEN
    payer = portal.vouchers()[0]["payer"]
    assert (payer["province"], payer["district"], payer["commune"]) == (
        "Tỉnh Khác",
        "Huyện Khác",
        "Xã Khác",
    )


@pytest.mark.parametrize(
    ("operation", "changes", "place"),
    [
        (PAYMENT, {"MaThongBaoThue": None}, "MaThongBaoThue: thiếu trường bắt buộc"),
        (PAYMENT, {"SoTien": None}, "SoTien: thiếu trường bắt buộc"),
        (PAYMENT, {"SoTien": "0"}, "SoTien: không đúng định dạng"),
        (PAYMENT, {"SoTien": "1.250.000"}, "SoTien: không đúng định dạng"),
        (PAYMENT, {"SoTien": True}, "SoTien: không đúng định dạng"),
        (PAYMENT, {"SoTien": -1}, "SoTien: không đúng định dạng"),
        (PAYMENT, {"ThoiGianThanhToan": "hôm qua"}, "ThoiGianThanhToan: không đúng định dạng"),
        (PAYMENT, {"ThoiGianThanhToan": "01/01/0001"}, "ThoiGianThanhToan: không đúng định dạng"),
        (PAYMENT, {"TrangThaiThanhToan": ""}, "TrangThaiThanhToan: không đúng định dạng"),
        (PAYMENT, {"MaChungTu": "1"}, "MaChungTu: không có trường này"),
        (PAYMENT, {"HoTenNguoiNopTien": "a\nb"}, "HoTenNguoiNopTien: không đúng định dạng"),
        (STANDING, {"TongPhaiNop": None}, "TongPhaiNop: thiếu trường bắt buộc"),
        (STANDING, {"TongDaNop": "nhiều"}, "TongDaNop: không đúng định dạng"),
    ],
)
def test_a_wrong_field_is_named_and_what_it_said_is_not(
    portal: Portal, operation: str, changes: dict[str, Any], place: str
) -> None:
    answer = portal.say(operation, **changes)
    assert (answer["error_code"], place in answer["message"]) == (-1, True), answer
    assert portal.vouchers() == []
    portal.say(operation, **changes)
    assert portal.vouchers() == [], "a refusal is no word"


def test_one_before_its_notice_is_refused_and_taken_when_sent_again(portal: Portal) -> None:
    assert "MaThongBaoThue: không có" in portal.say(MaThongBaoThue="TB-9999")["message"]
    notice = {"HoTenChu": "Ví Dụ", "LoaiThue": "LPTB", "SoThongBaoThue": "TB-9999"}
    portal.land.done("GuiKetQuaThue", portal.code, DanhSachThongBaoThue=[notice])
    assert (portal.vouchers(), portal.say(MaThongBaoThue="TB-9999")) == ([], TAKEN)


def test_a_notice_of_several_dossiers_is_nobodys(portal: Portal) -> None:
    other = handed_over(portal.api)
    portal.land.done("GuiKetQuaThue", other)
    answer = portal.say()
    assert (answer["error_code"], "không rõ hồ sơ" in answer["message"]) == (-1, True)
    assert portal.vouchers() == []


def test_without_the_secret_nothing_is_taken(portal: Portal) -> None:
    for operation in (PAYMENT, STANDING):
        assert portal.post(operation, portal.body(operation), "sai").status_code == 401
    assert portal.vouchers() == []


@pytest.mark.parametrize("raw", [b"", b"[]", b"{", json.dumps({"Nguon": "\x00"}).encode()])
def test_what_is_no_json_object_is_refused(portal: Portal, raw: bytes) -> None:
    assert portal.post(PAYMENT, raw).json()["error_code"] == -1


def test_who_paid_is_kept_sealed_and_named_nowhere_else(portal: Portal) -> None:
    with capture_logs() as logs:
        portal.say()
        answer = json.dumps(portal.say(HoTenNguoiNopTien=PEOPLE[0] + "\n"), ensure_ascii=False)
    gateway = portal.nation.gateway
    row = gateway.transact(
        lambda connection: connection.execute(select(tax_vouchers)).mappings().one()
    )
    kept = str({**row, "sealed": bytes(row["sealed"])})
    entries = str(evidence_of(gateway, f"dossier:{portal.code}"))
    told = kept + answer + str(logs) + gateway.http.get("/metrics").text + entries
    assert [mark for mark in PEOPLE if mark in told] == []


def test_vouchers_are_read_by_whom_the_dossier_concerns(portal: Portal) -> None:
    portal.say()
    gateway, path = portal.nation.gateway, f"/v1/dossiers/{portal.code}/tax-vouchers"
    assert gateway.http.get(path).status_code == 401
    assert gateway.client("H38", Scope.PLACE_LAND_FILES).get(path).status_code == 403
    assert refusal_of(gateway.client("H38.13").get(path)) == (404, "unknown-dossier")


def test_a_new_key_reads_what_was_resealed_under_it(portal: Portal, tmp_path: Path) -> None:
    portal.say()
    settings, file = portal.nation.gateway.settings, tmp_path / "new-key"
    file.write_text(new_sealing_key())
    changes = {
        "encryption_key_file": file,
        "previous_encryption_key_file": settings.encryption_key_file,
    }
    both = sealer_of(settings.model_copy(update=changes))
    assert both is not None
    assert portal.nation.gateway.transact(reseal_vouchers, both) == 1
    assert portal.vouchers()[0]["payer"] is None, "this gateway has the former key only"
    caller, code = Caller("x", AgencyCode("H38"), frozenset(), ""), DossierCode(portal.code)
    (voucher,) = portal.nation.gateway.transact(list_tax_vouchers, caller, both, code)
    assert voucher.payer is not None
    assert voucher.payer.name == PEOPLE[0]


@pytest.mark.parametrize("chosen", [{"encryption_key_file": None}], indirect=True)
def test_without_a_key_it_can_be_sent_again_later(portal: Portal) -> None:
    answer = portal.post(PAYMENT, portal.body(PAYMENT))
    assert (answer.status_code, answer.json()["error_code"]) == (503, -1)
    assert portal.vouchers() == []


@pytest.mark.parametrize("chosen", [{"land_tax_paid_statuses": ("00", "1")}], indirect=True)
def test_which_statuses_are_paid_is_set(portal: Portal) -> None:
    portal.say(TrangThaiThanhToan="00")
    assert portal.vouchers()[0]["is_paid"] is True
