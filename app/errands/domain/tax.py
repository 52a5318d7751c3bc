"""Thông báo thuế, chứng từ nộp thuế: what the tax authority set for a dossier, and what was paid.

The land system tells of the notices; the national portal of what came of each.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.platform.errors import Invalid, RefusedError, UnavailableError


@dataclass(frozen=True, slots=True)
class TaxNotice:
    """One notice; its number is the tax authority's own, and one of a dossier has it.

    `resulted_at` is when the authority came to it, `url` where the land system has the notice;
    nobody fetches it from here.
    """

    number: str
    kind: str
    owner_name: str
    url: str
    resulted_at: datetime
    handled_by: str
    note: str
    noted_at: datetime


class TaxWord(StrEnum):
    """What the portal tells of a tax notice: a payment of it, or how it stands."""

    PAYMENT = "payment"
    STANDING = "standing"


@dataclass(frozen=True, slots=True)
class Totals:
    """What a notice comes to, in whole đồng; None where the portal does not say."""

    payable_vnd: int | None = None
    exempted_vnd: int | None = None
    settled_vnd: int | None = None
    outstanding_vnd: int | None = None


@dataclass(frozen=True, slots=True)
class Payer:
    """Who paid, and what else of a voucher may name people or land: kept sealed.

    `tax_code` is the tax payer's, `certificate` the number of the land-use certificate; `content`
    and `explanation` are free texts of the portal's, `receipt` its number or address.
    """

    name: str = ""
    identity_number: str = ""
    tax_code: str = ""
    province: str = ""
    district: str = ""
    commune: str = ""
    address: str = ""
    content: str = ""
    receipt: str = ""
    certificate: str = ""
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class TaxVoucher:
    """What came of a tax notice by the national portal.

    `status` is the portal's own code, `is_paid` what it means by the settings; `source` says where
    the portal has it from, `result` is a code of its own.
    """

    id: str
    word: TaxWord
    notice: str
    source: str
    amount_vnd: int | None
    paid_at: datetime | None
    status: str
    is_paid: bool
    totals: Totals
    result: str
    noted_at: datetime

    @property
    def text(self) -> str:
        """What people read of it on the dossier; it names nobody."""
        about = f"thông báo thuế {self.notice}"
        if self.word is TaxWord.STANDING:
            return f"Tình hình {about}: {_amounts(self.totals)}"
        paid = "Đã nộp" if self.is_paid else f"Chưa nộp được (trạng thái {self.status})"
        return f"{paid} {_vnd(self.amount_vnd or 0)} theo {about}"

    @property
    def marks(self) -> tuple[str, ...]:
        """What tells one payment from another, but for its receipt; a standing is the notice's."""
        if self.word is TaxWord.STANDING:
            return (self.word, self.notice)
        at = "" if self.paid_at is None else self.paid_at.isoformat()
        return (self.word, self.notice, at, str(self.amount_vnd), self.source)


@dataclass(frozen=True, slots=True)
class ToldVoucher:
    """A voucher as it came; `identity` tells a repeat from another word, however it is written."""

    voucher: TaxVoucher
    payer: Payer
    identity: str


@dataclass(frozen=True, slots=True)
class ShownVoucher:
    """A voucher as the dossier's own agency reads it; without the payer if they are unreadable."""

    voucher: TaxVoucher
    payer: Payer | None


def _vnd(amount: int) -> str:
    return f"{amount:,} đồng".replace(",", ".")


def _amounts(totals: Totals) -> str:
    named = {
        "phải nộp": totals.payable_vnd,
        "miễn giảm": totals.exempted_vnd,
        "đã nộp": totals.settled_vnd,
        "còn phải nộp": totals.outstanding_vnd,
    }
    return ", ".join(f"{name} {_vnd(sum_)}" for name, sum_ in named.items() if sum_ is not None)


class UnknownTaxNoticeError(RefusedError):
    """No dossier here was told of the notice that a voucher is for."""

    slug = "unknown-tax-notice"
    title = "Không có thông báo thuế này"
    title_en = "Unknown tax notice"

    def __init__(self) -> None:
        super().__init__(
            "Chưa hồ sơ nào được báo thông báo thuế này.",
            "No dossier was told of this tax notice.",
            errors=[Invalid("/MaThongBaoThue", "MaThongBaoThue: không có", "unknown")],
        )


class AmbiguousTaxNoticeError(RefusedError):
    """Several dossiers were told of a notice with this number."""

    slug = "ambiguous-tax-notice"
    title = "Nhiều hồ sơ mang số thông báo thuế này"
    title_en = "Several dossiers have this tax notice"

    def __init__(self) -> None:
        super().__init__(
            "Nhiều hồ sơ được báo thông báo thuế cùng số này.",
            "Several dossiers were told of a tax notice with this number.",
            errors=[Invalid("/MaThongBaoThue", "MaThongBaoThue: không rõ hồ sơ", "ambiguous")],
        )


class VouchersNotKeptError(UnavailableError):
    """There is no key to seal what a voucher says of people."""

    slug = "tax-vouchers-not-kept"
    title = "Chưa nhận được chứng từ nộp thuế"
    title_en = "Tax vouchers cannot be kept yet"

    def __init__(self) -> None:
        super().__init__(
            "Chưa có khoá để giữ thông tin người nộp thuế.",
            "There is no key to keep what a voucher says of people.",
        )
