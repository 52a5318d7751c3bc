"""JSON of postal prices."""

from typing import Annotated, Any, Final

from pydantic import Field, StringConstraints

from app.lookups.domain.postal import PostalWay
from app.lookups.schemas.asking import OutcomeOut
from app.platform.wire import ApiModel

Code = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,6}$")]
MaybeCode = Annotated[str, StringConstraints(pattern=r"^[0-9]{0,6}$")]


class EndIn(ApiModel):
    """Một đầu của chặng. / An end of the way."""

    province_code: Code = Field(description="Mã tỉnh của VNPost. / VNPost's own province code.")
    district_code: MaybeCode = Field("", description="Mã cấp dưới. / Its district code.")


class PostalPriceIn(ApiModel):
    """Bưu gửi cần tính cước. / What is to be priced."""

    weight_grams: int = Field(ge=1, le=100_000, description="Khối lượng, gam. / Grams.")
    sender: EndIn
    receiver: EndIn
    both_ways: bool = Field(default=False, description="Có chiều về. / There and back.")

    def way(self) -> PostalWay:
        """Return it."""
        return PostalWay(
            self.weight_grams,
            (self.sender.province_code, self.sender.district_code),
            (self.receiver.province_code, self.receiver.district_code),
            self.both_ways,
        )


class PostalPriceOut(OutcomeOut):
    """Cước bưu chính. / A price."""

    price_vnd: int | None = Field(None, description="Cước, đồng. / In đồng.")


PRICE: Final[dict[str, Any]] = {
    "weight_grams": 100,
    "sender": {"province_code": "10"},
    "receiver": {"province_code": "10"},
}
"""The example that the document shows."""
