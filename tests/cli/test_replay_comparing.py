"""What is held against each other in the end, and that no difference escapes."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from app.cli.replay.comparing import differences, moment, rows_of

CODE = "H38.71.01-260105-0001"
OURS: dict[str, Any] = {
    "code": CODE,
    "procedure_code": "1.003560.H38",
    "channel": "online",
    "agency_name": "Bộ phận một cửa mẫu số 001",
    "status": "processing",
    "submitted_at": "2026-01-05T08:00:00+07:00",
    "received_at": "2026-01-05T08:00:00+07:00",
    "due_at": "2026-01-12T08:00:00+07:00",
    "finished_at": None,
    "returned_at": None,
    "rejected_at": None,
    "procedure_name": "Thủ tục mẫu",
    "summary": "Hồ sơ mẫu",
    "applicant": {"full_name": "Người Giả Định", "identity_number": "000000000001", "phone": None},
    "attachments": [
        {"name": "don.pdf", "url": "https://a.example.vn/don.pdf", "component_code": ""}
    ],
    "handling": {"papers": [], "supplements": [], "results": []},
    "national": {"state": "delivered"},
}


def step(act: str, status: str, hour: int) -> dict[str, Any]:
    return {
        "act": f"dossier.{act}",
        "status": status,
        "happened_at": f"2026-01-05T{hour:02}:00:00+07:00",
        "staff_name": "Người mẫu",
        "content": act,
    }


STEPS = [
    step("submit", "registered", 8),
    step("accept", "accepted", 9),
    step("payment.record", "accepted", 10),
    step("forward", "processing", 11),
    step("extend", "processing", 12),
    step("forward", "processing", 13),
]


def portal() -> dict[str, Any]:
    rows = [
        {"TrangThai": a, "ThoiDiemXuLy": b, "NguoiXuLy": c, "NoiDungXuLy": d}
        for a, b, c, d in rows_of(STEPS)
    ]
    record = {
        "MaHoSo": CODE,
        "MaTTHC": "1.003560.H38",
        "KenhThucHien": "2",
        "DonViXuLy": "Bộ phận một cửa mẫu số 001",
        "TrangThaiHoSo": "4",
        "NgayNopHoSo": "20260105080000",
        "NgayTiepNhan": "20260105080000",
        "NgayHenTra": "20260112080000",
        "NgayKetThucXuLy": "",
        "NgayTra": "",
        "NgayTuChoi": "",
        "TenTTHC": "Thủ tục mẫu",
        "TrichYeuHoSo": "Hồ sơ mẫu",
        "ChuHoSo": "Người Giả Định",
        "SoGiayToChuHoSo": "000000000001",
        "SoDienThoai": "",
        "TaiLieuNop": [
            {
                "TenTepDinhKem": "don.pdf",
                "DuongDanTaiTepTin": "https://a.example.vn/don.pdf",
                "MaThanhPhanHoSo": "",
            }
        ],
        "DanhSachHoSoBoSung": [],
        "DanhSachGiayToKetQua": [],
    }
    return {"record": record, "progress": rows, "repeated": 0}


def test_the_portal_gets_a_row_of_every_move_and_hand_over_and_of_nothing_else() -> None:
    assert [(row[0], row[3]) for row in rows_of(STEPS)] == [
        ("1", "submit"), ("2", "accept"), ("4", "forward"), ("4", "forward"),
    ]  # fmt: skip


def test_moments_are_compared_in_vietnam_time() -> None:
    assert moment("2026-01-05T01:00:00Z") == "20260105080000"
    assert moment(None) == ""


def test_what_is_alike_on_both_sides_is_no_difference() -> None:
    assert differences(OURS, STEPS, portal()) == []


def test_a_dossier_that_the_portal_lacks_is_named() -> None:
    assert differences(OURS, STEPS, None) == [f"{CODE}: the portal does not have it"]


def test_what_the_gateway_has_not_delivered_is_named() -> None:
    waiting = OURS | {"national": {"state": "deferred"}}
    assert differences(waiting, STEPS, portal()) == [f"{CODE}: the gateway says deferred"]


def _twice(held: dict[str, Any]) -> None:
    held["progress"].append(held["progress"][-1])


def _lost(held: dict[str, Any]) -> None:
    del held["progress"][1]


def _swapped(held: dict[str, Any]) -> None:
    held["progress"][1:3] = reversed(held["progress"][1:3])


def _invented(held: dict[str, Any]) -> None:
    held["progress"].append(held["progress"][-1] | {"TrangThai": "9"})


@pytest.mark.parametrize(
    ("harm", "named"),
    [
        (_twice, "rows stand there twice"),
        (_lost, "rows are missing: [('2', '20260105090000')]"),
        (_swapped, "the rows stand in another order"),
        (_invented, "rows are too many: [('9', '20260105130000')]"),
    ],
)
def test_rows_that_are_lost_doubled_swapped_or_invented_are_named(
    harm: Callable[[dict[str, Any]], None], named: str
) -> None:
    held = portal()
    harm(held)
    assert differences(OURS, STEPS, held) == [f"{CODE}: {named}"]


@pytest.mark.parametrize("field", sorted(portal()["record"]))
def test_every_field_of_the_record_is_looked_at(field: str) -> None:
    held = deepcopy(portal())
    held["record"][field] = [{}, {}] if isinstance(held["record"][field], list) else "?"
    (found,) = differences(OURS, STEPS, held)
    assert field in found


@pytest.mark.parametrize("field", ["TenTepDinhKem", "DuongDanTaiTepTin", "MaThanhPhanHoSo"])
def test_what_stands_in_a_list_is_looked_at(field: str) -> None:
    held = deepcopy(portal())
    held["record"]["TaiLieuNop"][0][field] = "?"
    found = differences(OURS, STEPS, held)
    assert found == [f"{CODE}: TaiLieuNop has other entries there than here"]
