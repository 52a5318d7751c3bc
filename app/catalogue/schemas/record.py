"""The full record of a procedure, as the national catalogue publishes it (`LayThuTuc`)."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from app.catalogue.schemas.texts import Address, LongName, Name, Prose, ShortCode
from app.fields import Day
from app.platform.wire import ApiModel

Few = Field(default=(), max_length=200)
Amount = Annotated[int, Field(ge=0, le=10**12)]
Number = Annotated[int, Field(ge=0, le=10_000)]


class SubmissionChannel(StrEnum):
    """Kênh nộp hồ sơ; at the national wire 1, 2 and 3."""

    IN_PERSON = "in_person"
    ONLINE = "online"
    POSTAL = "postal"


class AdministrativeLevel(StrEnum):
    """Cấp thực hiện; at the national wire 0 to 3. Districts ended on 1 July 2025."""

    MINISTRY = "ministry"
    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"


class Steps(ApiModel):
    """Trình tự thực hiện in one case."""

    case: LongName | None = None
    steps: tuple[Prose, ...] = Few


class ProcedureFee(ApiModel):
    """Phí, lệ phí; `amount` in whole units of `currency`."""

    code: ShortCode | None = None
    amount: Amount | None = None
    currency: ShortCode = "VND"
    description: Prose | None = None
    file_name: Name | None = None
    url: Address | None = None


class TimeLimit(ApiModel):
    """Thời hạn giải quyết: `length` in `unit` (giờ, ngày, ngày làm việc, tháng)."""

    length: Number | None = None
    unit: ShortCode | None = None
    description: Prose | None = None
    fees: tuple[ProcedureFee, ...] = Few


class SubmissionMethod(ApiModel):
    """Cách thức thực hiện."""

    channel: SubmissionChannel
    time_limits: tuple[TimeLimit, ...] = Few


class Paper(ApiModel):
    """Một giấy tờ của thành phần hồ sơ."""

    code: ShortCode | None = None
    name: Prose
    form_name: Name | None = None
    url: Address | None = None
    originals: Number = 0
    copies: Number = 0
    replacing_result_code: ShortCode | None = None


class Papers(ApiModel):
    """Thành phần hồ sơ in one case."""

    case: LongName | None = None
    papers: tuple[Paper, ...] = Few


class Sector(ApiModel):
    """Lĩnh vực."""

    code: ShortCode
    name: Name


class Level(ApiModel):
    """Cấp thực hiện."""

    level: AdministrativeLevel
    name: Name | None = None


class Audience(ApiModel):
    """Đối tượng thực hiện."""

    code: ShortCode | None = None
    name: Name


class ProcedureResult(ApiModel):
    """Kết quả thực hiện, e.g. code `KQ.G15.000031`."""

    code: ShortCode | None = None
    name: LongName
    file_name: Name | None = None
    url: Address | None = None


class LegalBasis(ApiModel):
    """Căn cứ pháp lý."""

    number: ShortCode | None = None
    name: LongName
    issued_on: Day | None = None
    effective_on: Day | None = None
    issuer: Name | None = None
    url: Address | None = None


class Office(ApiModel):
    """Cơ quan, as the record writes it: its code need not be one of the catalogue."""

    code: ShortCode | None = None
    name: Name


class ProcedureRecord(ApiModel):
    """Everything the national record says beside code, name, publisher and state."""

    record_id: ShortCode | None = None
    kind: Name | None = None
    description: Prose | None = None
    audience_text: Prose | None = None
    reception_address: Prose | None = None
    conditions: Prose | None = None
    keywords: Prose | None = None
    decision: Name | None = None
    decision_id: ShortCode | None = None
    executing_agencies_text: Prose | None = None
    competent_agencies_text: Prose | None = None
    sectors: tuple[Sector, ...] = Field(min_length=1, max_length=200)
    step_cases: tuple[Steps, ...] = Few
    submission_methods: tuple[SubmissionMethod, ...] = Few
    paper_cases: tuple[Papers, ...] = Few
    levels: tuple[Level, ...] = Few
    audiences: tuple[Audience, ...] = Few
    results: tuple[ProcedureResult, ...] = Few
    legal_bases: tuple[LegalBasis, ...] = Few
    executing_agencies: tuple[Office, ...] = Few
    competent_agencies: tuple[Office, ...] = Few
    delegated_agencies: tuple[Office, ...] = Few
    coordinating_agencies: tuple[Office, ...] = Few
    related_procedures: tuple[LongName, ...] = Few
    interlinked_procedures: tuple[LongName, ...] = Few
