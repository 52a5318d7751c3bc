"""Judicial records, first generation, as NGSP's clients spell them."""

from pydantic import Field

from app.exchange.ngsp.wire.fields import Scalar, ServiceFact, ServiceModel


class Declaration(ServiceModel):
    """`declarationWSForm`: what the applicant declares; codes are the ministry's own."""

    full_name: str = Field(alias="fullName", repr=False)
    other_name: str = Field("", alias="otherName", repr=False)
    gender: str = Field(alias="genderId")
    born: str = Field(alias="birthDateStr", repr=False)
    birth_place: str = Field("", alias="birthPlace", repr=False)
    nationality: str = Field(alias="nationalityId")
    ethnicity: str = Field("", alias="ethnicId")
    residence: str = Field("", alias="residence", repr=False)
    residence_region: str = Field("", alias="reRegionId")
    temporary_residence: str = Field("", alias="residenceTemporary", repr=False)
    temporary_region: str = Field("", alias="rtRegionId")
    identity_type: str = Field(alias="idTypeId")
    identity_number: str = Field(alias="identifyNo", repr=False)
    identity_issued_on: str = Field("", alias="idIssueDate")
    identity_issued_by: str = Field("", alias="idIssuePlace")
    father_name: str = Field("", alias="dadName", repr=False)
    father_born: str = Field("", alias="dadDob", repr=False)
    mother_name: str = Field("", alias="momName", repr=False)
    mother_born: str = Field("", alias="momDob", repr=False)
    spouse_name: str = Field("", alias="partnerName", repr=False)
    spouse_born: str = Field("", alias="partnerDob", repr=False)
    phone: str = Field(alias="phone", repr=False)
    email: str = Field("", alias="email", repr=False)
    department: str = Field("", alias="ministryJusticeId")
    declared_on: str = Field(alias="declareDate")
    declared_by: str = Field(alias="declareTypeId")
    copies: str = Field(alias="requestQty")
    further_copies: str = Field("", alias="requestQtyAdd")
    about: str = Field(alias="objectRequestId")
    asking_agency: str = Field("", alias="agencyRequestId")
    asking_region: str = Field("", alias="regionRequestId")
    form: str = Field(alias="formType")
    with_ban: str = Field("", alias="isBanPosition")
    by_post: str = Field("", alias="delivery")
    post_address: str = Field("", alias="deliveryAddress", repr=False)
    post_district: str = Field("", alias="deliveryDistrict")
    note: str = Field("", alias="note")
    purpose: str = Field("", alias="purpose")
    receipt: str = Field("", alias="receiveNo")
    portal_id: str = Field("", alias="declarationPortalID")


class Stay(ServiceModel):
    """Where the applicant lived."""

    begins: str = Field(alias="fromDateStr")
    ends: str = Field(alias="toDateStr")
    place: str = Field(alias="residencePlace", repr=False)
    job: str = Field("", alias="jobName")
    workplace: str = Field("", alias="workPlace")


class Mandator(ServiceModel):
    """Whom the record is about, where somebody else asks for it."""

    full_name: str = Field(alias="fullName", repr=False)
    gender: str = Field("", alias="genderId")
    born: str = Field("", alias="birthDateStr", repr=False)
    birth_place: str = Field("", alias="birthPlaceId")
    residence: str = Field("", alias="residence", repr=False)
    region: str = Field("", alias="regionId")
    identity_type: str = Field("", alias="idTypeId")
    identity_number: str = Field("", alias="identifyNo", repr=False)
    identity_issued_on: str = Field("", alias="idIssueDate")
    identity_issued_by: str = Field("", alias="idIssuePlace")
    relation: str = Field("", alias="mandatorRelation")
    mandated_on: str = Field("", alias="mandatorDate")


class Submission(ServiceModel):
    """`nhanHoSoDangKy`."""

    department: str = Field(alias="idMinistryJustice")
    number: str = Field(alias="idReceivedDec")
    received_on: str = Field(alias="dateReceivedDec")
    promised_on: str = Field("", alias="datePromissoryDec")
    money_receipt: str = Field("", alias="idMoneyReceipt")
    declaration: Declaration = Field(alias="declarationWSForm")
    stays: tuple[Stay, ...] = Field(alias="residenceWSForm")
    mandator: Mandator | None = Field(None, alias="mandatorWSForm")


class SubmissionAnswer(ServiceFact):
    """What is said of a declaration."""

    status: Scalar = Field(alias="STATUS")
    words: Scalar = Field("", alias="DESCRIPTION")
    id: Scalar = Field("", alias="ID")


class StateQuestion(ServiceModel):
    """`traTrangThaiHs`; 2: filed by way of a one-stop counter."""

    number: str = Field(alias="idReceivedDec")
    filed_by: str = Field("2", alias="infoType")


class StateAnswer(ServiceFact):
    """Where a declaration stands."""

    status: Scalar = Field(alias="STATUS")
    words: Scalar = Field("", alias="DESCRIPTION")
    code: Scalar = Field("", alias="DEC_STATUS_ID")
    name: Scalar = Field("", alias="DEC_STATUS_NAME")
    approved_on: Scalar = Field("", alias="APPROVE_DATE")
    issued_on: Scalar = Field("", alias="ISSUE_DATE")
