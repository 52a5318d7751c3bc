"""JSON of what came of tax notices by the national portal."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Self

from pydantic import BaseModel, ConfigDict, Field

from app.errands.domain.tax import ShownVoucher, TaxWord
from app.fields import Moment


class PayerOut(BaseModel):
    """Người nộp thuế và những gì chứng từ ghi về họ. / Who paid, and what is said of them."""

    model_config = ConfigDict(frozen=True)

    name: str = Field(description="Họ tên người nộp tiền. / Name.")
    identity_number: str = Field(description="Số giấy tờ. / Identity number.")
    tax_code: str = Field(description="Mã số thuế. / Tax code of the tax payer.")
    province: str = Field(description="Tỉnh. / Province.")
    district: str = Field(description="Huyện. / District.")
    commune: str = Field(description="Xã. / Commune.")
    address: str = Field(description="Địa chỉ. / Address.")
    content: str = Field(description="Nội dung thanh toán. / What was paid for.")
    receipt: str = Field(description="Biên lai, như Cổng ghi. / Receipt, as the portal has it.")
    certificate: str = Field(description="Mã giấy chứng nhận. / Number of the certificate.")
    explanation: str = Field(description="Diễn giải. / Explanation.")


class TaxVoucherOut(BaseModel):
    """Chứng từ nộp thuế, hoặc tình hình một thông báo. / A payment, or how a notice stands."""

    model_config = ConfigDict(frozen=True)

    id: str = Field(description="Mã ở đây. / Its id here.")
    word: TaxWord = Field(
        description="Chứng từ nộp tiền hay tình hình thông báo. / A payment or a standing."
    )
    notice_number: str = Field(description="Số thông báo thuế. / Number of the tax notice.")
    source: str = Field(description="Nguồn, như Cổng ghi. / Where the portal has it from.")
    amount_vnd: int | None = Field(description="Số tiền, đồng. / Amount in đồng.")
    paid_at: Moment | None = Field(description="Thời gian thanh toán. / When it was paid.")
    status: str = Field(description="Mã trạng thái của Cổng. / The portal's own status.")
    is_paid: bool = Field(description="Đã nộp. / The status says that it is paid.")
    payable_vnd: int | None = Field(description="Tổng phải nộp. / In all to be paid.")
    exempted_vnd: int | None = Field(description="Tổng miễn giảm. / In all exempted.")
    settled_vnd: int | None = Field(description="Tổng đã nộp. / In all paid.")
    outstanding_vnd: int | None = Field(description="Tổng còn phải nộp. / In all still to be paid.")
    result_code: str = Field(description="Mã kết quả của Cổng. / The portal's own result.")
    payer: PayerOut | None = Field(
        description="Người nộp; null nếu không mở được. / Who paid; null if it cannot be opened."
    )
    noted_at: Moment = Field(description="Ghi nhận ở đây lúc. / When we learnt it last.")


class TaxVouchersOut(BaseModel):
    """Chứng từ nộp thuế của một hồ sơ. / What came of the tax notices of a dossier."""

    model_config = ConfigDict(frozen=True)

    items: list[TaxVoucherOut]

    @classmethod
    def of(cls, found: Sequence[ShownVoucher]) -> Self:
        """Show vouchers in their order."""
        return cls(items=[_shown(one) for one in found])


def _shown(one: ShownVoucher) -> TaxVoucherOut:
    voucher = one.voucher
    said = asdict(voucher) | asdict(voucher.totals)
    named = {"notice_number": voucher.notice, "result_code": voucher.result}
    payer = None if one.payer is None else PayerOut(**asdict(one.payer))
    known = {name: said[name] for name in TaxVoucherOut.model_fields if name in said}
    return TaxVoucherOut(**known | named, payer=payer)
