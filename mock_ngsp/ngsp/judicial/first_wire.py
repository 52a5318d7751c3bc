"""The first generation as it is sent: one closed model for each request."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

Text = Annotated[str, StringConstraints(max_length=2_000)]
Needed = Annotated[str, StringConstraints(min_length=1, max_length=500)]
Day = Annotated[str, StringConstraints(pattern=r"^(?:\d{2}/\d{2}/\d{4})?$")]
WholeDay = Annotated[str, StringConstraints(pattern=r"^\d{2}/\d{2}/\d{4}$")]
PartDay = Annotated[str, StringConstraints(pattern=r"^(?:(?:\d{2}/)?\d{2}/)?\d{4}$")]
MaybePart = Annotated[str, StringConstraints(pattern=r"^(?:(?:(?:\d{2}/)?\d{2}/)?\d{4})?$")]
Flag = Literal["", "0", "1"]


class Wire(BaseModel):
    """A JSON object of the first generation: exact names, texts only."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Declaration(Wire):
    """What the applicant declares; `declarationWSForm`, and `declarationForm` of later clients."""

    fullName: Needed
    otherName: Text = ""
    genderId: Literal["0", "1"]
    birthDateStr: PartDay
    birthPlace: Text = ""
    nationalityId: Needed
    ethnicId: Text = ""
    residence: Text = ""
    reRegionId: Text = ""
    residenceTemporary: Text = ""
    rtRegionId: Text = ""
    idTypeId: Literal["0", "1", "2", "3"]
    identifyNo: Needed
    idIssueDate: Day = ""
    idIssuePlace: Text = ""
    dadName: Text = ""
    dadDob: MaybePart = ""
    momName: Text = ""
    momDob: MaybePart = ""
    partnerName: Text = ""
    partnerDob: MaybePart = ""
    phone: Needed
    email: Text = ""
    ministryJusticeId: Text = ""
    declareDate: WholeDay
    declareTypeId: Literal["3844", "3845", "3846", "3847"]
    requestQty: Annotated[str, StringConstraints(pattern=r"^[1-9]\d?$")]
    requestQtyAdd: Text = ""
    objectRequestId: Literal["71", "72", "73", "74"]
    agencyRequestId: Text = ""
    regionRequestId: Text = ""
    formType: Literal["1", "2"]
    isBanPosition: Flag = ""
    delivery: Flag = ""
    deliveryAddress: Text = ""
    deliveryDistrict: Text = ""
    note: Text = ""
    purpose: Text = ""
    receiveNo: Text = ""
    declarationPortalID: Text = ""


class Residence(Wire):
    """Where the applicant lived from the age of fourteen on."""

    fromDateStr: PartDay
    toDateStr: PartDay
    residencePlace: Needed
    jobName: Text = ""
    workPlace: Text = ""


class Mandator(Wire):
    """Whom the record is about, where somebody else asks for it."""

    fullName: Needed
    genderId: Flag = ""
    birthDateStr: MaybePart = ""
    birthPlaceId: Text = ""
    residence: Text = ""
    regionId: Text = ""
    idTypeId: Text = ""
    identifyNo: Text = ""
    idIssueDate: Day = ""
    idIssuePlace: Text = ""
    mandatorRelation: Text = ""
    mandatorDate: Day = ""


class Submission(Wire):
    """`nhanHoSoDangKy`, in either spelling of the three forms."""

    idMinistryJustice: Needed
    idReceivedDec: Needed
    dateReceivedDec: WholeDay
    datePromissoryDec: Day = ""
    idMoneyReceipt: Text = ""
    declarationWSForm: Declaration | None = None
    declarationForm: Declaration | None = None
    residenceWSForm: list[Residence] = Field(default_factory=list)
    residenceForm: list[Residence] = Field(default_factory=list)
    mandatorWSForm: Mandator | None = None
    mandatorForm: Mandator | None = None

    @model_validator(mode="after")
    def _one_spelling(self) -> "Submission":
        if (self.declarationWSForm is None) == (self.declarationForm is None):
            raise ValueError("give declarationWSForm or declarationForm")
        later = {"residenceForm", "mandatorForm"} & self.model_fields_set
        earlier = {"residenceWSForm", "mandatorWSForm"} & self.model_fields_set
        if earlier if self.declarationWSForm is None else later:
            raise ValueError("two spellings of the forms")
        return self

    @property
    def is_small(self) -> bool:
        """Whether the caller uses the later spelling, and reads small letters."""
        return self.declarationForm is not None

    @property
    def declaration(self) -> Declaration:
        """What is declared, in whichever spelling."""
        found = self.declarationWSForm or self.declarationForm
        if found is None:
            raise LookupError("a submission has one of the two")
        return found


class StateQuestion(Wire):
    """`traTrangThaiHs`."""

    idReceivedDec: Needed
    infoType: Literal["1", "2"]
    identifyNo: Text = ""


class OfKind(Wire):
    """`traHoSo`, `traDanhMuc` and `traDsTrangThaiHs`: only a kind."""

    infoType: Literal["1", "2", "3", "4", "5"]


class Taken(Wire):
    """`danhDauHsThanhCong`."""

    declarationId: Needed
    infoType: Literal["1", "2", "3"]


Content = dict[str, Any]
