"""Administrative procedures as the national catalogue publishes them (`LayThuTuc`).

Its keys are upper case and its numbers come quoted or not: everything is read as text.
"""

from typing import Annotated

from pydantic import Field

from app.exchange.dvcqg.wire.fields import Listed, PortalFact, Scalar


class ProcedureRow(PortalFact):
    """One line of the list of procedures."""

    code: Scalar = Field(alias="MATTHC", min_length=1)
    name: Scalar = Field("", alias="TENTTHC")


class Step(PortalFact):
    """Một bước thực hiện."""

    text: Scalar = Field("", alias="TENTRINHTU")


class StepCase(PortalFact):
    """The steps of one case."""

    case: Scalar = Field("", alias="TRUONGHOP")
    steps: Annotated[tuple[Step, ...], Listed] = Field((), alias="TRINHTU")


class ProcedureFee(PortalFact):
    """Phí, lệ phí of one way to file."""

    code: Scalar = Field("", alias="MAPHILEPHI")
    amount: Scalar = Field("", alias="SOTIEN")
    currency: Scalar = Field("", alias="DONVI")
    description: Scalar = Field("", alias="MOTA")
    file_name: Scalar = Field("", alias="TENTEP")
    url: Scalar = Field("", alias="URL")


class Duration(PortalFact):
    """How long it takes: `length` in `unit` (giờ, ngày, ngày làm việc, tháng)."""

    length: Scalar = Field("", alias="THOIGIANGIAIQUYET")
    unit: Scalar = Field("", alias="DONVITINH")
    description: Scalar = Field("", alias="MOTA")
    fees: Annotated[tuple[ProcedureFee, ...], Listed] = Field((), alias="PHILEPHI")


class Way(PortalFact):
    """Cách thức thực hiện: channel 1 in person, 2 online, 3 by public post."""

    channel: Scalar = Field("", alias="KENH")
    durations: Annotated[tuple[Duration, ...], Listed] = Field((), alias="THOIGIAN")


class Component(PortalFact):
    """Một giấy tờ trong thành phần hồ sơ."""

    code: Scalar = Field("", alias="MAGIAYTO")
    name: Scalar = Field("", alias="TENGIAYTO")
    form_name: Scalar = Field("", alias="TENMAUDON")
    url: Scalar = Field("", alias="URL")
    originals: Scalar = Field("", alias="SOBANCHINH")
    copies: Scalar = Field("", alias="SOBANSAO")
    replacing_result_code: Scalar = Field("", alias="MA_KQ_THAYTHE")


class ComponentCase(PortalFact):
    """The papers of one case."""

    case: Scalar = Field("", alias="TRUONGHOP")
    components: Annotated[tuple[Component, ...], Listed] = Field((), alias="GIAYTO")


class Sector(PortalFact):
    """Lĩnh vực."""

    code: Scalar = Field("", alias="MALINHVUC")
    name: Scalar = Field("", alias="TENLINHVUC")


class Level(PortalFact):
    """Cấp thực hiện: 0 ministry, 1 province, 2 district, 3 commune."""

    code: Scalar = Field("", alias="CAPTHUCHIEN")
    name: Scalar = Field("", alias="TENCAP")


class Subject(PortalFact):
    """Đối tượng thực hiện."""

    code: Scalar = Field("", alias="MADOITUONG")
    name: Scalar = Field("", alias="TENDOITUONG")


class ProcedureResult(PortalFact):
    """Kết quả thực hiện; `code` is the result code that a paper must carry to count."""

    code: Scalar = Field("", alias="MAKETQUA")
    name: Scalar = Field("", alias="TENKETQUA")
    file_name: Scalar = Field("", alias="TENTEP")
    url: Scalar = Field("", alias="URL")


class LegalBasis(PortalFact):
    """Căn cứ pháp lý."""

    number: Scalar = Field("", alias="SOVANBAN")
    name: Scalar = Field("", alias="TENVANBAN")
    issued_on: Scalar = Field("", alias="NGAYBANHANH")
    effective_on: Scalar = Field("", alias="NGAYHIEULUC")
    issuer: Scalar = Field("", alias="COQUANBANHANH")
    url: Scalar = Field("", alias="DIACHITRUYCAP")


class Unit(PortalFact):
    """Một cơ quan."""

    code: Scalar = Field("", alias="MADONVI")
    name: Scalar = Field("", alias="TENDONVI")


class ProcedureRecord(PortalFact):
    """Thủ tục hành chính, whole; `status` 1 is published."""

    record_id: Scalar = Field("", alias="ID")
    code: Scalar = Field(alias="MATTHC", min_length=1)
    name: Scalar = Field("", alias="TENTTHC")
    publisher_code: Scalar = Field("", alias="MACOQUANCONGBO")
    kind: Scalar = Field("", alias="LOAITTHC")
    subjects_text: Scalar = Field("", alias="MOTADOITUONGTHUCHIEN")
    reception_address: Scalar = Field("", alias="DIACHITIEPNHAN")
    decision: Scalar = Field("", alias="QUYETDINH")
    conditions: Scalar = Field("", alias="YEUCAU")
    keywords: Scalar = Field("", alias="TUKHOA")
    decision_id: Scalar = Field("", alias="IDQUYETDINHCONGBO")
    status: Scalar = Field("", alias="TRANGTHAI")
    executor_text: Scalar = Field("", alias="MOTACOQUANTHUCHIEN")
    authority_text: Scalar = Field("", alias="MOTACOQUANTHAMQUYEN")
    description: Scalar = Field("", alias="MOTA")
    step_cases: Annotated[tuple[StepCase, ...], Listed] = Field((), alias="TRINHTUTHUCHIEN")
    ways: Annotated[tuple[Way, ...], Listed] = Field((), alias="CACHTHUCTHUCHIEN")
    component_cases: Annotated[tuple[ComponentCase, ...], Listed] = Field((), alias="THANHPHANHOSO")
    sectors: Annotated[tuple[Sector, ...], Listed] = Field((), alias="LINHVUCTHUCHIEN")
    levels: Annotated[tuple[Level, ...], Listed] = Field((), alias="CAPTHUCHIEN")
    subjects: Annotated[tuple[Subject, ...], Listed] = Field((), alias="DOITUONGTHUCHIEN")
    results: Annotated[tuple[ProcedureResult, ...], Listed] = Field((), alias="KETQUATHUCHIEN")
    legal_bases: Annotated[tuple[LegalBasis, ...], Listed] = Field((), alias="CANCUPHAPLY")
    executors: Annotated[tuple[Unit, ...], Listed] = Field((), alias="COQUANTHUCHIEN")
    authorities: Annotated[tuple[Unit, ...], Listed] = Field((), alias="COQUANCOTHAMQUYEN")
    delegates: Annotated[tuple[Unit, ...], Listed] = Field((), alias="COQUANDUOCUYQUYEN")
    partners: Annotated[tuple[Unit, ...], Listed] = Field((), alias="COQUANPHOIHOP")
    related: Annotated[tuple[Scalar, ...], Listed] = Field((), alias="TTHCLIENQUAN")
    interlinked: Annotated[tuple[Scalar, ...], Listed] = Field((), alias="TTHCLIENTHONG")
