"""VNPost's messages, as NGSP's own kit spells them."""

from pydantic import Field

from app.exchange.ngsp.wire.fields import Scalar, ServiceFact, ServiceModel


class Order(ServiceModel):
    """`MOrder`: an order; provinces and districts are VNPost's own codes."""

    customer: str = Field(alias="CustomerCode")
    number: str = Field(alias="OrderNumber")
    cash_on_delivery: int = Field(0, alias="CODAmount")
    sender_province: int = Field(alias="SenderProvince")
    sender_district: int = Field(0, alias="SenderDistrict")
    sender_address: str = Field(alias="SenderAddress", repr=False)
    sender_name: str = Field(alias="SenderName", repr=False)
    sender_email: str = Field("", alias="SenderEmail", repr=False)
    sender_phone: str = Field(alias="SenderTel", repr=False)
    sender_note: str = Field("", alias="SenderDesc")
    content: str = Field("", alias="Description")
    receiver_name: str = Field(alias="ReceiverName", repr=False)
    receiver_address: str = Field(alias="ReceiverAddress", repr=False)
    receiver_phone: str = Field(alias="ReceiverTel", repr=False)
    receiver_province: int = Field(alias="ReceiverProvince")
    receiver_district: int = Field(0, alias="ReceiverDistrict")
    receiver_email: str = Field("", alias="ReceiverEmail", repr=False)


class WaybillOrder(Order):
    """An order under a waybill number that the province holds."""

    item: str = Field(alias="ItemCode")
    flag: int = Field(2, alias="FlagConfig")


class Answer(ServiceFact):
    """What VNPost says of an order or a cancellation."""

    status: Scalar = Field(alias="Status")
    message: Scalar = Field("", alias="Message")


class EventId(ServiceFact):
    """The feed's own id: 24 hex digits that only grow."""

    value: str = Field(alias="$oid", pattern=r"^[0-9a-f]{24}$")


class Event(ServiceFact):
    """One thing that happened to an order."""

    id: EventId = Field(alias="_id")
    customer: Scalar = Field("", alias="CustomerCode")
    number: Scalar = Field(alias="OrderNumber")
    item: Scalar = Field("", alias="ItemCode")
    code: Scalar = Field(alias="StatusCode")
    words: Scalar = Field("", alias="StatusMessage")
    happened_at: Scalar = Field("", alias="EventTime")
    office: Scalar = Field("", alias="POSID")
    notes: Scalar = Field("", alias="Notes")


class Embedded(ServiceFact):
    """Where the feed's events stand."""

    events: tuple[Event, ...] = Field(alias="rh:doc")


class Feed(ServiceFact):
    """A page of the tracking feed."""

    embedded: Embedded = Field(alias="_embedded")
    returned: int = Field(0, alias="_returned")


class End(ServiceModel):
    """An end of a way that is priced."""

    province: str = Field(alias="provCode")
    district: str = Field("", alias="distCode")


class PriceQuestion(ServiceModel):
    """What is to be priced; the weight is in grams."""

    weight: int = Field(alias="weight")
    service: str = Field("HCC", alias="mainSrv")
    is_return: int = Field(0, alias="isreturn")
    sender: End = Field(alias="sender")
    receiver: End = Field(alias="receiver")


class Price(ServiceFact):
    """A price in đồng."""

    amount: int = Field(alias="price", ge=0, strict=True)


class PriceAnswer(ServiceFact):
    """Where the price stands; a refusal has a Status instead."""

    content: Price | None = Field(None, alias="content")
    status: Scalar = Field("", alias="Status")
    message: Scalar = Field("", alias="Message")
