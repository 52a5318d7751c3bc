"""Vouchers of tax payments and standings of tax notices, as the national portal sends them.

Every name is known. Which of the two words has which, and what must be there, is not: both may
have all, and what they cannot do without is demanded.
"""

import re
from collections.abc import Collection
from datetime import datetime
from typing import Annotated, Any, Final

from pydantic import AliasChoices, BeforeValidator, Field, StringConstraints

from app.errands.domain.tax import Payer, TaxVoucher, TaxWord, ToldVoucher, Totals
from app.exchange.dvcqg.wire.fields import PortalModel, Scalar
from app.facades.dvcqg.schemas.reading import read_as
from app.facades.land.schemas.words import Moment, identity_of
from app.platform.ids import new_id

IMPORTS: Final = {
    "ImportChungTuThueFromDVCQG": TaxWord.PAYMENT,
    "ImportThongBaoThueFromDVCQG": TaxWord.STANDING,
}
"""The two words, by the last part of their addresses."""

_WHOLE: Final = re.compile(r"([0-9]{1,15})(\.0+)?")


def _read_vnd(value: Any) -> Any:
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise ValueError("an amount is wanted")  # noqa: TRY004 -- pydantic reports ValueError
    found = _WHOLE.fullmatch(str(value).strip())
    if found is None:
        raise ValueError("whole đồng are wanted")
    return int(found[1])


def _read_maybe(value: Any) -> Any:
    return None if value == "" else value


_Vnd = BeforeValidator(_read_vnd)
_Sum = Annotated[int | None, _Vnd]
"""Whole đồng, as a number or its text; empty where nothing is said."""

_Word = Annotated[Scalar, StringConstraints(strip_whitespace=True, max_length=50)]
_Code = Annotated[Scalar, StringConstraints(pattern=r"^[^\x00-\x20\x7f]{1,50}$")]
_Short = Annotated[Scalar, StringConstraints(pattern=r"^[^\x00-\x1f\x7f]{0,100}$")]
_Name = Annotated[Scalar, StringConstraints(pattern=r"^[^\x00-\x1f\x7f]{0,250}$")]
_Text = Annotated[Scalar, StringConstraints(max_length=4000)]
_Number = Annotated[Scalar, StringConstraints(pattern=r"^[^\x00-\x1f\x7f]{1,100}$")]


def _place(name: str) -> AliasChoices:
    """Return both spellings of a part of the payer's address: the notes shorten them."""
    return AliasChoices(f"{name}NguoiNopTien", name)


class VoucherSaid(PortalModel):
    """What both words may say; names that are not publicly known are refused."""

    source: _Short = Field("", alias="Nguon")
    tax_code: _Short = Field("", alias="MaSoThue", repr=False)
    amount: _Sum = Field(None, alias="SoTien")
    content: _Text = Field("", alias="NoiDungThanhToan", repr=False)
    paid_at: Annotated[Moment | None, BeforeValidator(_read_maybe)] = Field(
        None, alias="ThoiGianThanhToan"
    )
    notice: _Number = Field(alias="MaThongBaoThue")
    status: _Word = Field("", alias="TrangThaiThanhToan")
    receipt: _Text = Field("", alias="BienLai", repr=False)
    payer_number: _Short = Field("", alias="SoCMTNguoiNopTien", repr=False)
    payer_name: _Name = Field("", alias="HoTenNguoiNopTien", repr=False)
    province: _Name = Field("", validation_alias=_place("Tinh"), repr=False)
    district: _Name = Field("", validation_alias=_place("Huyen"), repr=False)
    commune: _Name = Field("", validation_alias=_place("Xa"), repr=False)
    address: _Text = Field("", alias="DiaChiNguoiNopTien", repr=False)
    certificate: _Short = Field("", alias="MaGCN", repr=False)
    payable: _Sum = Field(None, alias="TongPhaiNop")
    exempted: _Sum = Field(None, alias="TongMienGiam")
    settled: _Sum = Field(None, alias="TongDaNop")
    outstanding: _Sum = Field(None, alias="TongConPhaiNop")
    result: _Short = Field("", alias="MaKetQua")
    explanation: _Text = Field("", alias="DienGiai", repr=False)

    def voucher(self, word: TaxWord, *, paid: Collection[str], now: datetime) -> TaxVoucher:
        """Return what is kept as it is; `paid` are the codes that say that it is paid."""
        return TaxVoucher(
            id=new_id(),
            word=word,
            notice=self.notice,
            source=self.source,
            amount_vnd=self.amount,
            paid_at=self.paid_at,
            status=self.status,
            is_paid=self.status in paid,
            totals=Totals(self.payable, self.exempted, self.settled, self.outstanding),
            result=self.result,
            noted_at=now,
        )

    def payer(self) -> Payer:
        """Return what is kept sealed."""
        return Payer(
            name=self.payer_name,
            identity_number=self.payer_number,
            tax_code=self.tax_code,
            province=self.province,
            district=self.district,
            commune=self.commune,
            address=self.address,
            content=self.content,
            receipt=self.receipt,
            certificate=self.certificate,
            explanation=self.explanation,
        )


class PaymentSaid(VoucherSaid):
    """`ImportChungTuThueFromDVCQG`: a payment has an amount, a moment and a status."""

    amount: Annotated[int, _Vnd, Field(gt=0)] = Field(alias="SoTien")
    paid_at: Moment = Field(alias="ThoiGianThanhToan")
    status: _Code = Field(alias="TrangThaiThanhToan")


class StandingSaid(VoucherSaid):
    """`ImportThongBaoThueFromDVCQG`: how a notice stands begins with what is to be paid."""

    payable: Annotated[int, _Vnd] = Field(alias="TongPhaiNop")


_MODELS: Final[dict[TaxWord, type[VoucherSaid]]] = {
    TaxWord.PAYMENT: PaymentSaid,
    TaxWord.STANDING: StandingSaid,
}


def told_of(
    operation: str, content: dict[str, Any], *, paid: Collection[str], now: datetime
) -> ToldVoucher:
    """Return what the portal tells by an operation.

    Raises:
        InvalidRecordError: names every wrong place, without what was said there.
    """
    word = IMPORTS[operation]
    said = read_as(_MODELS[word], content)
    voucher = said.voucher(word, paid=paid, now=now)
    return ToldVoucher(voucher, said.payer(), f"tax:{identity_of(operation, content)}")
