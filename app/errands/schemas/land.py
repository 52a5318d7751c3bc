"""JSON of what the land system is told of a dossier, and of tax notices that come of it."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated, Any, Final, Self

from pydantic import BaseModel, ConfigDict, Field

from app.errands.domain import Facts
from app.errands.domain.land import Telling
from app.errands.domain.tax import TaxNotice
from app.errands.schemas.pieces import MaybeLine, Words
from app.fields import DossierCode, Moment, Text
from app.platform.wire import ApiModel


class _LandIn(ApiModel):
    """What every message to the land system says first."""

    dossier_code: DossierCode = Field(description="Mã hồ sơ. / The dossier.")

    def telling(self, digest: str, most: int) -> Telling:
        """Return what is to be told; `most` is how many bytes of papers may go at once."""
        said: Facts = self.model_dump(mode="json", exclude={"dossier_code"})
        return Telling(self.dossier_code, said, digest, most)


class ParcelIn(ApiModel):
    """Thửa đất. / A parcel of land."""

    number: Annotated[str, Field(min_length=1, max_length=50)] = Field(
        description="Số thứ tự thửa. / Its number on the map."
    )
    map_sheet: Annotated[str, Field(min_length=1, max_length=50)] = Field(
        description="Số hiệu tờ bản đồ. / The sheet of the map."
    )
    area_m2: Annotated[Decimal, Field(strict=False)] | None = Field(
        None,
        gt=0,
        max_digits=12,
        decimal_places=2,
        description="Diện tích, mét vuông. / Its area in square metres.",
    )
    address: MaybeLine = Field("", description="Địa chỉ thửa đất. / Where it lies.")


class LandHandoverIn(_LandIn):
    """Chuyển hồ sơ sang hệ thống đất đai. / What is handed over; the rest is the dossier's."""

    is_of_province: bool = Field(
        default=False,
        description="Quy trình cấp tỉnh. / Whether the province's own office handles it.",
    )
    district_id: int = Field(
        0, ge=0, le=999_999_999, description="Mã huyện cũ ở hệ thống đất đai. / Its own number."
    )
    commune_id: int = Field(
        0, ge=0, le=999_999_999, description="Mã xã ở hệ thống đất đai. / Its own number."
    )
    received_by: MaybeLine = Field(
        "", description="Tài khoản người tiếp nhận. / The account of who received it."
    )
    address: MaybeLine = Field("", description="Địa chỉ tài sản. / Where the property lies.")
    parcels: list[ParcelIn] = Field(
        default_factory=list, max_length=100, description="Các thửa đất. / The parcels."
    )


class LandSupplementIn(_LandIn):
    """Giấy tờ bổ sung đã nhận. / Papers that an owner brought."""

    round: int | None = Field(
        None,
        ge=1,
        le=1000,
        description="Lần bổ sung; bỏ trống thì lần cuối đã nhận. / Which round; the last that "
        "came if absent.",
    )


class LandReturnIn(_LandIn):
    """Kết quả đã trả cho người nộp. / That the owner has the result."""


class LandCorrectionIn(_LandIn):
    """Phản hồi kết quả sai. / What is wrong with a result of the land system."""

    content: Annotated[Text, Field(max_length=2000)] = Field(
        description="Nội dung sai sót. / What is wrong."
    )
    handled_by: Words = Field(description="Người phản hồi. / Who says so.")


class TaxNoticeOut(BaseModel):
    """Thông báo thuế. / A tax notice."""

    model_config = ConfigDict(frozen=True)

    number: str = Field(description="Số thông báo. / Its number.")
    kind: str = Field(description="Loại thuế, như cơ quan thuế ghi. / Which tax.")
    owner_name: str = Field(description="Tên chủ. / Whom it is for.")
    url: str = Field(
        description="Đường dẫn do hệ thống đất đai báo, chưa kiểm tra. / Where the land system has "
        "it, as told and not checked."
    )
    resulted_at: Moment = Field(description="Ngày có kết quả thuế. / When the result came.")
    handled_by: str = Field(description="Người xử lý. / Who handled it.")
    note: str = Field(description="Ghi chú. / Note.")
    noted_at: Moment = Field(description="Ghi nhận ở đây lúc. / When we learnt it last.")


class TaxNoticesOut(BaseModel):
    """Các thông báo thuế của một hồ sơ. / The tax notices of a dossier."""

    model_config = ConfigDict(frozen=True)

    items: list[TaxNoticeOut]

    @classmethod
    def of(cls, notices: Sequence[TaxNotice]) -> Self:
        """Show notices in their order."""
        return cls.model_validate(
            {"items": [{name: getattr(one, name) for name in one.__slots__} for one in notices]}
        )


_HANDED_OVER: Final = "H38.12-261102-0079"
HANDOVER: Final[dict[str, Any]] = {
    "dossier_code": "H38.12-261102-0078",
    "commune_id": 2680,
    "received_by": "cb.mot-cua",
    "address": "Thôn Ví Dụ, Xã Giả Định",
    "parcels": [{"number": "12", "map_sheet": "38", "area_m2": "120.50"}],
}
SUPPLEMENT: Final[dict[str, Any]] = {"dossier_code": _HANDED_OVER, "round": 1}
RETURN: Final[dict[str, Any]] = {"dossier_code": _HANDED_OVER}
CORRECTION: Final[dict[str, Any]] = {
    "dossier_code": _HANDED_OVER,
    "content": "Sai số thửa trên giấy chứng nhận",
    "handled_by": "Bộ phận một cửa",
}
"""Examples that the document shows."""
