"""JSON of judicial records that are applied for, and of those that are returned."""

import base64
import binascii
from enum import StrEnum
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, Field, StringConstraints

from app.errands.domain import Kind, New
from app.errands.schemas.pieces import ErrandIn, MaybeLine, MaybePart, Name, Part, Words
from app.fields import AgencyCode, Day, DossierCode
from app.platform.wire import ApiModel


class Gender(StrEnum):
    """Giới tính."""

    MALE = "male"
    FEMALE = "female"


class PaperKind(StrEnum):
    """Loại giấy tờ."""

    PASSPORT = "passport"
    IDENTITY_CARD = "identity_card"
    RESIDENCE_CARD = "residence_card"
    CITIZEN_ID = "citizen_id"


class Requester(StrEnum):
    """Người yêu cầu: who asks."""

    INDIVIDUAL = "individual"
    MANDATED = "mandated"
    AGENCY = "agency"
    PROCEEDINGS = "proceedings"


class Subject(StrEnum):
    """Đối tượng: whom the record is about."""

    CITIZEN = "citizen"
    FOREIGNER = "foreigner"
    AGENCY = "agency"
    PROCEEDINGS = "proceedings"


class AddressIn(ApiModel):
    """Địa chỉ. / An address in words, with codes where they are known."""

    street: Words = Field(description="Số nhà, đường, thôn. / House, street or hamlet.")
    commune_code: MaybeLine = Field("", description="Mã xã. / Code of the commune.")
    commune: MaybeLine = Field("", description="Xã, phường. / Commune.")
    district_code: MaybeLine = Field("", description="Mã huyện cũ. / Code of a former district.")
    district: MaybeLine = Field("", description="Huyện cũ. / Former district.")
    province_code: MaybeLine = Field("", description="Mã tỉnh. / Code of the province.")
    province: MaybeLine = Field("", description="Tỉnh, thành phố. / Province.")


class PaperIn(ApiModel):
    """Giấy tờ tuỳ thân. / An identity paper."""

    type: PaperKind = Field(description="Loại giấy tờ. / Which paper.")
    number: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9]{5,20}$")]
    issued_on: Day | None = Field(None, description="Ngày cấp. / Day of issue.")
    issued_by: MaybeLine = Field("", description="Nơi cấp. / Who issued it.")


class RelativeIn(ApiModel):
    """Cha, mẹ, vợ hoặc chồng. / A parent, or the spouse."""

    full_name: Name
    born: MaybePart = Field("", description="Ngày, tháng, năm sinh. / When born, as far as known.")


class ApplicantIn(ApiModel):
    """Người được cấp phiếu. / Whom the record is about."""

    full_name: Name
    other_name: MaybeLine = Field("", description="Tên gọi khác. / Another name.")
    gender: Gender
    born: Part = Field(description="Ngày, tháng, năm sinh. / When born, as far as known.")
    birth_place: AddressIn | None = None
    nationality: MaybeLine = Field(
        min_length=1, description="Mã quốc tịch của Bộ Tư pháp. / The ministry's code."
    )
    ethnicity: MaybeLine = Field("", description="Mã dân tộc của Bộ Tư pháp. / Its code.")
    residence: AddressIn = Field(description="Nơi thường trú. / Residence.")
    temporary_residence: AddressIn | None = Field(None, description="Nơi tạm trú.")
    identity: PaperIn
    phone: Annotated[str, StringConstraints(pattern=r"^[0-9+][0-9 .\-]{5,19}$")]
    email: MaybeLine = ""
    father: RelativeIn | None = None
    mother: RelativeIn | None = None
    spouse: RelativeIn | None = None


class StayIn(ApiModel):
    """Quá trình cư trú từ khi đủ 14 tuổi. / Where the person lived from the age of fourteen."""

    begins: Part
    ends: Part
    place: Words
    job: MaybeLine = ""
    workplace: MaybeLine = ""


class MandatorIn(ApiModel):
    """Người uỷ quyền. / Who mandated the one that asks."""

    full_name: Name
    gender: Gender | None = Field(None)
    born: MaybePart = ""
    identity: PaperIn | None = None
    relation: MaybeLine = Field("", description="Quan hệ. / How they are related.")
    mandated_on: Day | None = Field(None)


class DeliveryIn(ApiModel):
    """Trả kết quả qua bưu chính. / Where the record is sent by post."""

    address: Words
    district: MaybeLine = ""


class JudicialFileIn(ApiModel):
    """Tệp gửi kèm. / A file that goes with it: one that the dossier names."""

    kind: Name = Field(description="Loại giấy tờ. / What paper it is.")
    file_id: Annotated[str, StringConstraints(pattern=r"^[0-9a-f\-]{36}$")] = Field(
        description="Mã tệp đã tải lên, mà hồ sơ đã nêu. / Id of an uploaded file of the dossier."
    )


class JudicialRecordIn(ErrandIn):
    """Đề nghị cấp phiếu lý lịch tư pháp. / An application for a judicial record."""

    received_on: Day = Field(description="Ngày tiếp nhận. / When it was received.")
    promised_on: Day | None = Field(None, description="Ngày hẹn trả.")
    money_receipt: MaybeLine = Field("", description="Số biên lai. / Number of the receipt.")
    form: Literal[1, 2] = Field(description="Phiếu số 1 hoặc số 2. / Form 1 or form 2.")
    with_ban: bool = Field(
        default=False,
        description="Yêu cầu nội dung cấm đảm nhiệm chức vụ. / Whether bans from office shall be "
        "told.",
    )
    copies: int = Field(1, ge=1, le=99, description="Số bản. / How many copies.")
    purpose: MaybeLine = Field("", description="Mục đích. / What it is for.")
    purpose_code: MaybeLine = Field("", description="Mã mục đích. / Its code.")
    requester: Requester = Field(Requester.INDIVIDUAL)
    subject: Subject = Field(Subject.CITIZEN)
    applicant: ApplicantIn
    stays: list[StayIn] = Field(default_factory=list, max_length=100)
    mandator: MandatorIn | None = None
    delivery: DeliveryIn | None = None
    files: list[JudicialFileIn] = Field(
        default_factory=list,
        max_length=20,
        description="Tệp gửi kèm, chỉ ở hệ thống thế hệ 2. / Files; the second generation only.",
    )


def _pdf(text: str) -> str:
    try:
        content = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise ValueError("base64 is wanted") from None
    if not content.startswith(b"%PDF-"):
        raise ValueError("a PDF is wanted")
    return text


class ReturnedResultIn(ApiModel):
    """Phiếu đã cấp. / The record that was made."""

    number: Words = Field(description="Số phiếu. / Its number.")
    issued_on: Day = Field(description="Ngày cấp. / Day of issue.")
    signed_by: MaybeLine = ""
    signer_title: MaybeLine = ""
    pdf: Annotated[str, AfterValidator(_pdf)] = Field(
        max_length=2_000_000, description="PDF, base64."
    )


class JudicialReturnIn(ApiModel):
    """Trả trạng thái, kết quả về Cổng dịch vụ liên thông. / What goes back to the portal."""

    code: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9.\-]*$")] = Field(
        max_length=50,
        description="Mã hồ sơ ở Cổng (maHoSoMCDT). / The portal's own code of it.",
    )
    dossier_code: DossierCode | None = Field(None, description="Hồ sơ ở đây. / Our dossier.")
    agency_code: AgencyCode | None = None
    status: Literal["2", "3", "4", "5", "6", "7", "8", "9", "10"] = Field(
        description="Trạng thái xử lý của Cổng, 2 đến 10. / The portal's status code."
    )
    reason: MaybeLine = Field("", description="Lý do từ chối. / Why it is refused.")
    promised_on: Day | None = Field(None, description="Ngày hẹn trả.")
    result: ReturnedResultIn | None = Field(None, description="Bắt buộc ở 9 và 10. / At 9 and 10.")

    @property
    def lacks_result(self) -> bool:
        """Whether it says that the record is done, and does not bring it."""
        return self.status in {"9", "10"} and self.result is None

    def wanted(self, digest: str) -> New:
        """Return the errand that is asked for: one for each status of a dossier."""
        facts: dict[str, Any] = self.model_dump(
            mode="json", exclude={"dossier_code", "agency_code"}
        )
        return New(
            Kind.JUDICIAL_RETURN,
            facts,
            digest,
            number=f"{self.code}/{self.status}",
            dossier=self.dossier_code,
            agency=self.agency_code,
            group=self.code,
        )


RECORD: Final[dict[str, Any]] = {
    "number": "GIADINH-0001",
    "received_on": "2026-11-02",
    "promised_on": "2026-11-12",
    "form": 1,
    "purpose": "Bổ sung hồ sơ xin việc",
    "applicant": {
        "full_name": "Nguyễn Thị Giả Định",
        "gender": "female",
        "born": "1990-05-02",
        "nationality": "1",
        "residence": {"street": "Thôn Ví Dụ", "commune": "Xã Giả Định", "province_code": "10"},
        "identity": {"type": "citizen_id", "number": "000000000001", "issued_on": "2021-07-01"},
        "phone": "0000000001",
        "mother": {"full_name": "Trần Thị Ví Dụ", "born": "1965"},
    },
    "stays": [{"begins": "2004-05", "ends": "2026-11", "place": "Thôn Ví Dụ, Xã Giả Định"}],
}
RETURN: Final[dict[str, Any]] = {"code": "GIADINH-0001", "status": "4"}
"""Examples that the document shows."""
