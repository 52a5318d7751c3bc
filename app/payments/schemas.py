"""JSON of online payments."""

from ipaddress import IPv4Address, IPv6Address
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from app.fields import Moment
from app.payments.domain import OrderState, PaymentOrder
from app.platform.wire import ApiModel


def _without_zone(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    if isinstance(address, IPv6Address) and address.scope_id is not None:
        raise ValueError("an address without a zone")
    return address


class OnlinePaymentIn(ApiModel):
    """Bắt đầu thanh toán trực tuyến. / Begin an online payment."""

    payer_ip: Annotated[IPv4Address | IPv6Address, AfterValidator(_without_zone)] = Field(
        IPv4Address("127.0.0.1"),
        description="Địa chỉ IP của người nộp, nền tảng thanh toán yêu cầu; quên ngay khi đã có "
        "địa chỉ thanh toán. / IP address of the payer, which the platform wants; forgotten as "
        "soon as there is an address to pay at.",
    )


class OnlinePaymentOut(BaseModel):
    """Lần thanh toán vừa bắt đầu. / A payment that has begun."""

    model_config = ConfigDict(frozen=True)

    reference: str = Field(description="Mã tham chiếu. / Its reference.")
    amount_vnd: int = Field(description="Số tiền, đồng. / What is to be paid, in whole đồng.")
    payment_url: str = Field(description="Địa chỉ để người nộp thanh toán. / Where the owner pays.")
    started_at: Moment = Field(description="Bắt đầu lúc. / When it began.")

    @classmethod
    def of(cls, order: PaymentOrder) -> Self:
        """Show a payment that has an address; nothing of it changes later."""
        return cls(
            reference=order.reference,
            amount_vnd=order.amount_vnd,
            payment_url=order.url or "",
            started_at=order.created_at,
        )


class OnlinePaymentLineOut(BaseModel):
    """Một lần thanh toán trực tuyến. / An online payment as it stands."""

    model_config = ConfigDict(frozen=True)

    reference: str = Field(description="Mã tham chiếu. / Its reference.")
    amount_vnd: int = Field(description="Số tiền, đồng. / In whole đồng.")
    state: OrderState = Field(description="Tình trạng. / Where it stands.")
    state_label: str = Field(description="Tên tình trạng. / Its Vietnamese name.")
    payment_url: str | None = Field(description="Địa chỉ thanh toán. / Where it is paid.")
    started_at: Moment = Field(description="Bắt đầu lúc. / When it began.")
    settled_at: Moment | None = Field(description="Kết thúc lúc. / When it ended.")
    transaction_id: str | None = Field(
        description="Mã giao dịch của nền tảng. / The platform's own id."
    )
    bank: str | None = Field(description="Ngân hàng. / Bank.")
    unrecorded: str | None = Field(
        description="Vì sao hồ sơ không ghi nhận được khoản tiền đã đến, cần người xử lý. / Why "
        "the dossier could not take money that came; for a person to see to."
    )

    @classmethod
    def of(cls, order: PaymentOrder) -> Self:
        """Show a payment."""
        return cls(
            reference=order.reference,
            amount_vnd=order.amount_vnd,
            state=order.state,
            state_label=order.state.label,
            payment_url=order.url,
            started_at=order.created_at,
            settled_at=order.settled_at,
            transaction_id=order.transaction_id,
            bank=order.bank,
            unrecorded=order.unrecorded,
        )


class OnlinePaymentsOut(BaseModel):
    """Các lần thanh toán trực tuyến của một hồ sơ. / The online payments of a dossier."""

    model_config = ConfigDict(frozen=True)

    items: list[OnlinePaymentLineOut]
