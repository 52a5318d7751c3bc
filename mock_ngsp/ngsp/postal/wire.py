"""What may be sent to VNPost: exact names, exact types, no others."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Needed = Annotated[str, StringConstraints(min_length=1, max_length=500)]
Code = Annotated[str, StringConstraints(min_length=1, max_length=50)]


class Wire(BaseModel):
    """A JSON object of VNPost: exact names, exact types."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class MOrder(Wire):
    """An order; provinces and districts are VNPost's own codes."""

    CustomerCode: Code
    OrderNumber: Code
    CODAmount: int = Field(0, ge=0)
    SenderProvince: int
    SenderDistrict: int = 0
    SenderAddress: Needed
    SenderName: Needed
    SenderEmail: str = ""
    SenderTel: Needed
    SenderDesc: str = ""
    Description: str = ""
    ReceiverName: Needed
    ReceiverAddress: Needed
    ReceiverTel: Needed
    ReceiverProvince: int
    ReceiverDistrict: int = 0
    ReceiverEmail: str = ""
    ItemCode: str = ""
    FlagConfig: int = 2


class Party(Wire):
    """Who sends or receives a document."""

    Name: Needed
    Phone: str = ""
    Email: str = ""
    Address: str = ""
    ProvinceCode: str = ""
    ProvinceTitle: str = ""
    DistrictCode: str = ""
    DistrictTitle: str = ""


class Procedure(Wire):
    """What the document is about."""

    Category: str = ""
    Code: str = ""
    Title: str = ""
    Elements: str = ""


class MDocument(Wire):
    """A document that VNPost collects, and whose result it brings back."""

    CustomerCode: Code
    OrderNumber: Code
    State: str = ""
    IsSendDocument: bool = False
    IsReceiveResult: bool = False
    DocumentSender: Party
    ResultReceiver: Party
    Procedure: Procedure


class Place(Wire):
    """An end of a way that is priced."""

    provCode: Code
    distCode: str = ""


class PriceQuestion(Wire):
    """What is to be priced; the weight is in grams."""

    weight: Annotated[int, Field(gt=0, le=100_000)]
    mainSrv: Annotated[str, StringConstraints(pattern="^HCC$")]
    isreturn: Annotated[int, Field(ge=0, le=1)] = 0
    sender: Place
    receiver: Place
