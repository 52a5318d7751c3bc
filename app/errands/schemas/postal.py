"""JSON of postal orders."""

from typing import Annotated, Any, Final

from pydantic import Field, StringConstraints

from app.errands.schemas.pieces import ErrandIn, MaybeLine, Name, Words
from app.platform.wire import ApiModel

Phone = Annotated[
    str,
    StringConstraints(pattern=r"^[0-9+][0-9 .\-]{5,19}$"),
    Field(description="Điện thoại. / Telephone.", examples=["0000000001"]),
]


class PartyIn(ApiModel):
    """Người gửi, người nhận. / Who sends or receives."""

    name: Name = Field(description="Họ tên, tên đơn vị. / Name.")
    address: Words = Field(description="Địa chỉ. / Address.")
    phone: Phone
    email: MaybeLine = Field("", description="Thư điện tử. / E-mail address.")
    province_code: int = Field(
        ge=1,
        le=999_999,
        description="Mã tỉnh của VNPost, không phải mã hành chính. / VNPost's own code of the "
        "province, which is not the administrative one.",
    )
    district_code: int = Field(
        0, ge=0, le=999_999, description="Mã bưu chính cấp dưới tỉnh. / VNPost's own district code."
    )


class PostalOrderIn(ErrandIn):
    """Đơn hàng bưu chính công ích. / An order of public postal service.

    Handing a result over and collecting papers are the same order with the ends exchanged.
    """

    sender: PartyIn = Field(description="Nơi lấy. / Where it is collected.")
    receiver: PartyIn = Field(description="Nơi giao. / Where it is delivered.")
    content: MaybeLine = Field("", description="Nội dung bưu gửi. / What is sent.")
    note: MaybeLine = Field("", description="Ghi chú của người gửi. / The sender's note.")
    cash_on_delivery_vnd: int = Field(
        0, ge=0, le=1_000_000_000, description="Tiền thu hộ, đồng. / Cash on delivery, in đồng."
    )
    waybill: Annotated[str, StringConstraints(pattern=r"^[A-Z0-9]{0,20}$")] = Field(
        "",
        description="Số vận đơn trong dải số của tỉnh. / A waybill number of the province's own.",
    )


PARTY: Final[dict[str, Any]] = {
    "name": "Trung tâm Phục vụ hành chính công",
    "address": "Số 1, đường Ví Dụ",
    "phone": "0000000001",
    "province_code": 10,
}
ORDER: Final[dict[str, Any]] = {
    "number": "GIADINH-0001",
    "sender": PARTY,
    "receiver": {
        "name": "Nguyễn Thị Giả Định",
        "address": "Thôn Ví Dụ, Xã Giả Định",
        "phone": "0000000002",
        "province_code": 10,
    },
    "content": "Kết quả hồ sơ",
}
"""Examples that the document shows."""
