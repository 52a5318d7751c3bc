"""What the gateway holds against what the portal holds, in the portal's words."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from app.dossiers.domain.statuses import Status
from app.platform.clock import VIETNAM

Found = Mapping[str, Any]

_ROWS_IN_PLACE: Final = frozenset(
    {"dossier.submit", "dossier.progress", "dossier.forward", "dossier.send_back"}
)
"""Acts that are a row of progress for the nation even where the status stays."""

_CHANNELS: Final = {"counter": "1", "online": "2", "postal": "3"}


def differences(ours: Found, steps: Sequence[Found], theirs: Found | None) -> list[str]:
    """Return what the portal holds otherwise than we do, or holds twice, or not at all.

    `ours` and `steps` are what `/v1/dossiers/{code}` and its progress answer, `theirs` what the
    portal has of it: its record and its rows.
    """
    code = ours["code"]
    if theirs is None:
        return [f"{code}: the portal does not have it"]
    found = [*_of_record(ours, theirs["record"]), *_of_rows(steps, theirs["progress"])]
    if ours["national"]["state"] != "delivered":
        found.append(f"the gateway says {ours['national']['state']}")
    return [f"{code}: {one}" for one in found]


def rows_of(steps: Sequence[Found]) -> list[tuple[str, str, str, str]]:
    """Return the rows that the portal should have: of each move, and of each hand-over."""
    rows, before = [], None
    for step in steps:
        if step["status"] != before or step["act"] in _ROWS_IN_PLACE:
            at = moment(step["happened_at"])
            rows.append((_code_of(step["status"]), at, step["staff_name"], step["content"]))
        before = step["status"]
    return rows


def moment(text: str | None) -> str:
    """Return a moment as the portal writes it; "" without one."""
    if text is None:
        return ""
    return datetime.fromisoformat(text).astimezone(VIETNAM).strftime("%Y%m%d%H%M%S")


def _of_rows(steps: Sequence[Found], held: Sequence[Found]) -> Iterator[str]:
    ours = rows_of(steps)
    theirs = [
        (row["TrangThai"], row["ThoiDiemXuLy"], row["NguoiXuLy"], row["NoiDungXuLy"])
        for row in held
    ]
    if ours == theirs:
        return
    if missing := [row[:2] for row in ours if row not in theirs]:
        yield f"rows are missing: {missing}"
    if more := [row[:2] for row in theirs if row not in ours]:
        yield f"rows are too many: {more}"
    if len(theirs) > len(set(theirs)):
        yield "rows stand there twice"
    if sorted(ours) == sorted(theirs):
        yield "the rows stand in another order"


def _of_record(ours: Found, record: Found) -> Iterator[str]:
    for name, wanted in _record_of(ours).items():
        if record.get(name) != wanted:
            yield f"{name} is {record.get(name)!r} there and {wanted!r} here"
    for name, wanted in _of_owner(ours).items():
        if record.get(name) != wanted:
            yield f"{name} is another there than here"
    for name, (keys, entries) in _lists_of(ours).items():
        held = [tuple(entry.get(key) for key in keys) for entry in record.get(name, ())]
        if len(held) != len(entries):
            yield f"{name} has {len(held)} entries there and {len(entries)} here"
        elif held != entries:
            yield f"{name} has other entries there than here"


def _record_of(ours: Found) -> dict[str, str]:
    """Return what the portal's record should say of the dossier."""
    return {
        "MaHoSo": ours["code"],
        "MaTTHC": ours["procedure_code"],
        "TenTTHC": ours["procedure_name"],
        "KenhThucHien": _CHANNELS[ours["channel"]],
        "DonViXuLy": ours["agency_name"],
        "TrangThaiHoSo": _code_of(ours["status"]),
        "NgayNopHoSo": moment(ours["submitted_at"]),
        "NgayTiepNhan": moment(ours["received_at"]),
        "NgayHenTra": moment(ours["due_at"]),
        "NgayKetThucXuLy": moment(ours["finished_at"]),
        "NgayTra": moment(ours["returned_at"]),
        "NgayTuChoi": moment(ours["rejected_at"]),
    }


def _of_owner(ours: Found) -> dict[str, str]:
    """Return what it should say of the owner; a difference is named without the values."""
    owner = ours["applicant"]
    return {
        "ChuHoSo": owner["full_name"],
        "SoGiayToChuHoSo": owner["identity_number"] or "",
        "SoDienThoai": owner["phone"] or "",
        "TrichYeuHoSo": ours["summary"],
    }


_Keys = tuple[str, ...]
_PAPER: Final = ("TenTepDinhKem", "DuongDanTaiTepTin", "MaThanhPhanHoSo")
_ROUND: Final = (
    "NguoiYeuCauBoSung", "NoiDungBoSung", "NgayBoSung", "NguoiTiepNhanBoSung",
    "NgayTiepNhanBoSung", "TrangThaiBoSung",
)  # fmt: skip
_RESULT: Final = ("TenGiayTo", "DuongDanTepTinKetQua", "MaGiayToKetQua")


def _lists_of(ours: Found) -> dict[str, tuple[_Keys, list[tuple[Any, ...]]]]:
    """Return each nested list: which of its fields are looked at, and what they should say."""
    handling = ours["handling"]
    papers = [*ours["attachments"], *handling["papers"]]
    return {
        "TaiLieuNop": (
            _PAPER, [(one["name"], one["url"], one["component_code"]) for one in papers],
        ),
        "DanhSachHoSoBoSung": (_ROUND, [_round_of(one) for one in handling["supplements"]]),
        "DanhSachGiayToKetQua": (
            _RESULT, [(one["name"], one["url"], one["result_code"]) for one in handling["results"]],
        ),
    }  # fmt: skip


def _round_of(asked: Found) -> tuple[Any, ...]:
    receipt = asked["receipt"]
    return (
        asked["asked_by"],
        "; ".join([asked["content"], *asked["papers"]]),
        moment(asked["asked_at"]),
        receipt["received_by"] if receipt else "",
        moment(receipt["received_at"]) if receipt else "",
        "True" if receipt else "False",
    )


def _code_of(status: str) -> str:
    return str(Status(status).code)
