"""Every service of `/mapi/g`: what may be sent for it, and what it does."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from mock_ngsp.dvcqg import calls
from mock_ngsp.dvcqg.catalogues import NAMES
from mock_ngsp.dvcqg.dossiers import Dossier
from mock_ngsp.dvcqg.statuses import LABELS

if TYPE_CHECKING:
    from mock_ngsp.universe import Universe

Content = dict[str, Any]
Result = list[Any] | None
Service = Callable[["Universe", Content], Result]


def _find(universe: "Universe", content: Content) -> Result:
    held = universe.dossiers.find(content["mahoso"])
    return [] if held is None else [_found(held)]


def _found(held: Dossier) -> dict[str, str]:
    record = held.record
    return {
        "MaTTHC": record["MaTTHC"],
        "MaHoSo": record["MaHoSo"],
        "HoTenNguoiNop": record.get("ChuHoSo") or "",
        "MaTrangThai": record["TrangThaiHoSo"],
        "TrangThaiHoSo": LABELS[record["TrangThaiHoSo"]],
        "DonViXuLy": record["DonViXuLy"],
        "NgayNop": record.get("NgayNopHoSo") or "",
        "NgayTiepNhan": record["NgayTiepNhan"],
        "NgayHenTra": record["NgayHenTra"],
        "HinhThucNhanKQ": record["HinhThuc"],
    }


def _push(universe: "Universe", content: Content) -> Result:
    if content["isUpdating"] == "True":
        universe.dossiers.replace(content["data"])
    else:
        duplicate = universe.settings.duplicate_error_code
        universe.dossiers.insert(content["data"], duplicate_code=duplicate)
    for record in content["data"]:
        universe.files.take(record)
    return None


def _progress(universe: "Universe", content: Content) -> Result:
    universe.dossiers.add_progress(
        content["data"],
        refuse_repeats=universe.settings.progress_repeats == "refuse",
        duplicate_code=universe.settings.duplicate_error_code,
    )
    return None


def _catalogue(universe: "Universe", content: Content) -> Result:
    return universe.catalogues.rows(content["service"])


def _account(universe: "Universe", content: Content) -> Result:
    person = universe.accounts.find(content["mstorcmnd"])
    return [] if person is None else [{"TECHNICALID": person.tech_id}]


def _status(universe: "Universe", content: Content) -> Result:
    is_new = universe.promotions.tell(content["data"])
    if is_new and content["data"] not in universe.statuses:
        universe.statuses.append(content["data"])
    return None


SERVICES: dict[str, tuple[type[BaseModel], Service]] = {
    "TraCuuHoSo": (calls.TraCuuHoSo, _find),
    "DongBoHoSoMC": (calls.DongBoHoSoMC, _push),
    "CapNhatTienDoHoSoMC": (calls.CapNhatTienDoHoSoMC, _progress),
    "LayDanhSachTTHC": (calls.LayDanhSachTTHC, lambda nation, _: nation.procedures.listed()),
    "LayDanhSachTTHCDonVi": (
        calls.LayDanhSachTTHCDonVi,
        lambda nation, content: nation.procedures.of_unit(content["maDonVi"]),
    ),
    "LayThuTuc": (
        calls.LayThuTuc,
        lambda nation, content: nation.procedures.details(content["maTTHC"]),
    ),
    "LayQDCB": (calls.LayQDCB, lambda _, __: []),
    **dict.fromkeys(NAMES, (calls.LayDanhMuc, _catalogue)),
    "TraCuuTechID": (calls.TraCuuTechID, _account),
    "DongBoTrangThaiHoSo": (calls.DongBoTrangThaiHoSo, _status),
    "LayDanhSachHoiDapGuiTuDVCQG": (
        calls.LayDanhSachHoiDap,
        lambda nation, content: nation.questions.asked_of(content["madonvi"]),
    ),
    "LayDanhSachHoiDapBoCoQuan": (
        calls.LayDanhSachHoiDap,
        lambda nation, _: nation.questions.drafted(),
    ),
    "LayNoiDungTraLoiTheoCauHoi": (
        calls.LayNoiDungTraLoiTheoCauHoi,
        lambda nation, content: nation.questions.answers_to(str(content["cauhoiid"])),
    ),
    "DongBoHoiDap": (
        calls.DongBoHoiDap,
        lambda nation, content: nation.questions.draft(content["data"]),
    ),
    "DongBoKetQuaHoiDapGuiTuDVCQG": (
        calls.DongBoKetQuaHoiDap,
        lambda nation, content: nation.questions.answer(content["data"]),
    ),
}
"""What may be sent for each service, and what it does.

A decision of publication has no known field, so there is never one.
"""
