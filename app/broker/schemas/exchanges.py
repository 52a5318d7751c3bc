"""JSON and CSV of exchanges."""

import csv
import io
from collections.abc import Sequence
from datetime import timedelta
from typing import Final, Self

from pydantic import BaseModel, ConfigDict, Field

from app.broker.domain.watching import Dimension, Exchange, Outcome, Tally
from app.fields import Moment

_MILLISECOND: Final = timedelta(milliseconds=1)
_MARK: Final = "\ufeff"
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_SUMS: Final = ("calls", "sent_bytes", "received_bytes", "mean_milliseconds")


class ExchangeOut(BaseModel):
    """One call, without anything of its content."""

    model_config = ConfigDict(frozen=True)

    number: int
    at: Moment
    client_id: str
    member: str = Field(description="Đơn vị gọi. / The unit that called.", examples=["H38.12"])
    service: str = Field(examples=["population"])
    version: str
    operation: str
    purpose: str = Field(description="Mục đích theo quyền được cấp. / What for, by the grant.")
    method: str
    request_id: str
    trace_id: str = Field(description="Mã vết W3C. / Trace id of traceparent.")
    sent_bytes: int = Field(description="Cỡ nội dung gửi đi. / Size of the caller's body.")
    received_bytes: int = Field(description="Cỡ câu trả lời. / Size of the answer's body.")
    milliseconds: int = Field(description="Thời gian xử lý. / How long it took.")
    upstream_milliseconds: int | None = Field(
        description="Phần của dịch vụ; null nếu không gọi tới. / The service's part; null if it "
        "was not called."
    )
    outcome: Outcome
    reason: str = Field(description="Lý do từ chối. / Why it was refused.", examples=["900803"])
    status: int

    @classmethod
    def of(cls, one: Exchange) -> Self:
        """Return what is told of an exchange."""
        return cls(
            number=one.number,
            at=one.at,
            client_id=one.client_id,
            member=one.member,
            service=one.service,
            version=one.version,
            operation=one.operation,
            purpose=one.purpose,
            method=one.method,
            request_id=one.request_id,
            trace_id=one.trace_id,
            sent_bytes=one.sent_bytes,
            received_bytes=one.received_bytes,
            milliseconds=one.took // _MILLISECOND,
            upstream_milliseconds=None if one.upstream is None else one.upstream // _MILLISECOND,
            outcome=one.outcome,
            reason=one.reason,
            status=one.status,
        )


class TallyOut(BaseModel):
    """How many calls one group had; `group` has what was asked for by name."""

    model_config = ConfigDict(frozen=True)

    group: dict[Dimension, str] = Field(
        description="Nhóm: đơn vị, dịch vụ, mục đích… / What they have in common.",
        examples=[{"member": "H38.12", "service": "population", "purpose": "Cấp giấy phép"}],
    )
    calls: int
    sent_bytes: int
    received_bytes: int
    mean_milliseconds: int

    @classmethod
    def of(cls, one: Tally, by: Sequence[Dimension]) -> Self:
        """Return what is told of a group."""
        return cls(
            group=dict(zip(by, one.group, strict=True)),
            calls=one.calls,
            sent_bytes=one.sent_bytes,
            received_bytes=one.received_bytes,
            mean_milliseconds=one.mean_milliseconds,
        )


def csv_of(rows: Sequence[Tally], by: Sequence[Dimension]) -> str:
    """Return the same as CSV for spreadsheets: UTF-8 with its mark.

    A text that a spreadsheet would take for a formula has an apostrophe before it.
    """
    file = io.StringIO()
    file.write(_MARK)
    writer = csv.writer(file)
    writer.writerow([*(one.value for one in by), *_SUMS])
    for row in rows:
        writer.writerow([*map(_plain, row.group), *(getattr(row, name) for name in _SUMS)])
    return file.getvalue()


def _plain(value: str) -> str:
    return f"'{value}" if value.startswith(_FORMULA) else value
