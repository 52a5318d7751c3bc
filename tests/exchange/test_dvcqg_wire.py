from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from app.exchange.dvcqg.wire import (
    DossierRecord,
    Fee,
    OwnerIdentity,
    ProcedureRecord,
    ProcedureRow,
    ProgressRow,
    PushDossiers,
    PushProgress,
    SubmittedPaper,
    SupplementRound,
)
from tests.exchange.dvcqg_builders import RECEIVED, a_record, a_row


@pytest.mark.parametrize(
    "change",
    [
        {"channel": "4"},
        {"status": "11"},
        {"owner_kind": ""},
        {"code": "x" * 51},
        {"procedure_name": ""},
        {"received_at": datetime(2026, 11, 2, 8)},  # noqa: DTZ001 -- without a zone, on purpose
        {"received_at": "2026-11-02"},
        {"received_at": "20261302084000"},
        {"colour": "red"},
    ],
    ids=str,
)
def test_a_record_the_portal_would_not_read_is_not_built(change: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        a_record(**change)


@pytest.mark.parametrize("count", [0, 11])
def test_a_batch_of_progress_holds_one_to_ten_rows(count: int) -> None:
    with pytest.raises(ValidationError):
        PushProgress(rows=(a_row(),) * count)


@pytest.mark.parametrize("name", ["received_at", "due_at", "owner_identities", "result_delivery"])
def test_what_every_client_fills_must_be_said(name: str) -> None:
    given = {key: getattr(a_record(), key) for key in DossierRecord.model_fields if key != name}
    with pytest.raises(ValidationError, match=r"1 validation error[^$]*Field required"):
        DossierRecord.model_validate(given)


def test_a_record_is_written_under_its_vietnamese_names_and_all_scalars_as_text() -> None:
    written = a_record(due_at=None).model_dump()
    assert written["MaHoSo"] == "H38.12-261102-0007"
    assert written["NgayTiepNhan"] == "20261102084000"
    assert written["NgayHenTra"] == ""
    assert written["DinhDanhCHS"] == ({"LoaiDinhDanh": "1", "SoDinhDanh": "000000000001"},)
    assert {type(value) for value in written.values()} == {str, tuple}
    assert not set(written) & set(DossierRecord.model_fields)


def test_a_moment_is_written_in_vietnam_time_whole_seconds() -> None:
    late = datetime(2026, 12, 31, 17, 0, 1, 999_999, tzinfo=UTC)
    assert a_row(processed_at=late).model_dump()["ThoiDiemXuLy"] == "20270101000001"


def test_a_record_reads_back_what_it_wrote() -> None:
    record = a_record(
        submitted_at=RECEIVED - timedelta(minutes=5),
        papers=(SubmittedPaper(paper_id="1", file_name="don.pdf", url="https://example.vn/1"),),
        fees=(Fee(name="Lệ phí mẫu", amount="20000"),),
        supplement_rounds=(SupplementRound(round_id="1", requested_at=RECEIVED),),
    )
    assert DossierRecord.model_validate_json(record.model_dump_json(), by_name=False) == record


def test_the_wire_is_read_under_its_own_names_only() -> None:
    with pytest.raises(ValidationError):
        OwnerIdentity.model_validate({"kind": "1", "number": "000000000001"}, by_name=False)


def test_text_of_people_is_cut_to_what_the_portal_takes() -> None:
    assert a_record(summary="x" * 1001).summary == "x" * 1000
    assert a_row(officer="x" * 51).officer == "x" * 50


def test_nothing_personal_shows_in_what_is_printed() -> None:
    record = a_record(owner_name="Nguyễn Thị Giả Định", phone="0000000001")
    shown = repr(PushDossiers(is_updating="False", dossiers=(record,))) + repr(record)
    assert "Giả Định" not in shown
    assert "0000000001" not in shown
    assert "officer" not in repr(a_row())


def test_a_procedure_is_read_with_numbers_quoted_or_not_and_names_unknown_to_us() -> None:
    found = ProcedureRecord.model_validate(
        {
            "MATTHC": "1.003560",
            "TRANGTHAI": 1,
            "TENTTHC": None,
            "MOI": "chưa biết",
            "CACHTHUCTHUCHIEN": [
                {
                    "KENH": 2,
                    "THOIGIAN": {"THOIGIANGIAIQUYET": "5", "PHILEPHI": [{"SOTIEN": 20000.0}]},
                }
            ],
            "THANHPHANHOSO": None,
            "TTHCLIENQUAN": "1.000001",
            "TTHCLIENTHONG": ["1.000002", 3],
        },
        by_name=False,
    )
    duration = found.ways[0].durations[0]
    assert (found.status, found.name, found.ways[0].channel) == ("1", "", "2")
    assert (duration.length, duration.fees[0].amount) == ("5", "20000.0")
    assert found.component_cases == ()
    assert (found.related, found.interlinked) == (("1.000001",), ("1.000002", "3"))


@pytest.mark.parametrize("row", [{}, {"MATTHC": ""}, {"MATTHC": True}, {"MATTHC": []}, []], ids=str)
def test_a_procedure_without_a_code_is_not_read(row: object) -> None:
    with pytest.raises(ValidationError):
        ProcedureRow.model_validate(row, by_name=False)


def test_a_progress_row_is_written_under_its_vietnamese_names() -> None:
    assert ProgressRow.model_validate(a_row()).model_dump() == {
        "MaHoSo": "H38.12-261102-0007",
        "NguoiXuLy": "Trần Văn Ví Dụ",
        "ChucDanh": "",
        "ThoiDiemXuLy": "20261102084000",
        "PhongBanXuLy": "",
        "NoiDungXuLy": "Đã tiếp nhận",
        "TrangThai": "2",
        "NgayBatDau": "",
        "NgayKetThucTheoQuyDinh": "",
    }
