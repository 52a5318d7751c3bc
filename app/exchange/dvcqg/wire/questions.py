"""Questions and answers (hỏi đáp), and statuses of dossiers that the nation sent.

The casing is the portal's own: questions in upper case, but `MaLinhVuc` in a push.
"""

from typing import Literal

from pydantic import Field

from app.exchange.dvcqg.wire.calls import Call
from app.exchange.dvcqg.wire.fields import (
    Moment,
    PortalFact,
    PortalModel,
    Scalar,
    Truth,
)

QuestionId = str | int


class ListQuestions(Call):
    """Lấy câu hỏi công dân gửi đến đơn vị qua Cổng."""

    service: Literal["LayDanhSachHoiDapGuiTuDVCQG"] = Field(
        "LayDanhSachHoiDapGuiTuDVCQG", alias="service"
    )


class ListDrafted(Call):
    """Lấy hỏi đáp do bộ, cơ quan soạn."""

    service: Literal["LayDanhSachHoiDapBoCoQuan"] = Field(
        "LayDanhSachHoiDapBoCoQuan", alias="service"
    )


class ListAnswers(Call):
    """Lấy nội dung trả lời của một câu hỏi."""

    service: Literal["LayNoiDungTraLoiTheoCauHoi"] = Field(
        "LayNoiDungTraLoiTheoCauHoi", alias="service"
    )
    question_id: QuestionId = Field(alias="cauhoiid")


class Question(PortalFact):
    """Câu hỏi; state 0 is to be skipped."""

    question_id: Scalar = Field(alias="HOIDAPID", pattern=r"^[1-9][0-9]*$")
    sector_code: Scalar = Field("", alias="MALINHVUC")
    content: Scalar = Field("", alias="NOIDUNG", repr=False)
    agency_code: Scalar = Field("", alias="MADONVI")
    agency_name: Scalar = Field("", alias="TENDONVI")
    asker: Scalar = Field("", alias="HOVATEN", repr=False)
    address: Scalar = Field("", alias="DIACHI", repr=False)
    email: Scalar = Field("", alias="THUDIENTU", repr=False)
    phone: Scalar = Field("", alias="SODIENTHOAI", repr=False)
    procedure_code: Scalar = Field("", alias="MATTHCDP")
    state: Scalar = Field("", alias="TRANGTHAI")
    answer_id: Scalar = Field("", alias="TRALOIID")
    answer: Scalar = Field("", alias="NOIDUNGTRALOI", repr=False)


class GivenAnswer(PortalFact):
    """Câu trả lời."""

    answer_id: Scalar = Field("", alias="TRALOIID")
    answer: Scalar = Field("", alias="NOIDUNGTRALOI", repr=False)


class DraftedQuestion(PortalModel):
    """Hỏi đáp do đơn vị soạn; without an answer its two keys are not written."""

    question_id: QuestionId = Field(alias="HOIDAPID")
    sector_code: str = Field("", alias="MaLinhVuc")
    content: str = Field(alias="NOIDUNG", min_length=1)
    agency_code: str = Field(alias="MADONVI", min_length=1)
    agency_name: str = Field(alias="TENDONVI", min_length=1)
    answer_id: QuestionId | None = Field(None, alias="TRALOIID", exclude_if=lambda it: it is None)
    answer: str | None = Field(None, alias="NOIDUNGTRALOI", exclude_if=lambda it: it is None)


class AnswerToCitizen(PortalModel):
    """Kết quả trả lời một câu hỏi của công dân."""

    question_id: QuestionId = Field(alias="HOIDAPID")
    agency_code: str = Field(alias="MADONVI", min_length=1)
    answered_by: str = Field(alias="NGUOITRALOI", min_length=1, repr=False)
    position: str = Field("", alias="CHUCVUNGUOITRALOI")
    answered_at: Moment = Field(alias="NGAYTRALOI")
    answer: str = Field(alias="NOIDUNGTRALOI", min_length=1, repr=False)


class PushDrafted(Call):
    """Đồng bộ hỏi đáp."""

    service: Literal["DongBoHoiDap"] = Field("DongBoHoiDap", alias="service")
    questions: tuple[DraftedQuestion, ...] = Field(alias="data", min_length=1, repr=False)


class PushAnswers(Call):
    """Đồng bộ kết quả hỏi đáp."""

    service: Literal["DongBoKetQuaHoiDapGuiTuDVCQG"] = Field(
        "DongBoKetQuaHoiDapGuiTuDVCQG", alias="service"
    )
    answers: tuple[AnswerToCitizen, ...] = Field(alias="data", min_length=1, repr=False)


class StatusPaper(PortalModel):
    """Tài liệu kèm một trạng thái; a new one has no id."""

    paper_id: str | None = Field(None, alias="TepDinhKemId")
    file_name: str = Field(alias="TenTepDinhKem", min_length=1)
    is_deleted: Truth = Field("False", alias="IsDeleted")
    component_code: str = Field("", alias="MaThanhPhanHoSo")
    url: str = Field(alias="DuongDanTaiTepTin", min_length=1)


class NationalDossierStatus(PortalModel):
    """Trạng thái của một hồ sơ Cổng gửi xuống: here refused is 11, and 3 does not occur."""

    status: str = Field(alias="TrangThai", pattern=r"^(?:[124-9]|10|11)$")
    national_code: str = Field(alias="MaHoSo", min_length=1)
    own_code: str = Field(alias="MaHoSoDonVi", min_length=1)
    account_id: str | None = Field(None, alias="MaDoiTuong", repr=False)
    content: str = Field("", alias="NoiDung", repr=False)
    happened_at: Moment = Field(alias="NgayXuLy")
    papers: tuple[StatusPaper, ...] = Field((), alias="TaiLieuXuLy")


class ReportStatus(Call):
    """Đồng bộ trạng thái hồ sơ: one object, not an array."""

    service: Literal["DongBoTrangThaiHoSo"] = Field("DongBoTrangThaiHoSo", alias="service")
    kind: Literal["2"] = Field("2", alias="type")
    told: NationalDossierStatus = Field(alias="data", repr=False)
