"""The seven forms, each filled from what the dossier knows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from app.dossiers.domain.dossier import Dossier, Step
from app.dossiers.domain.filing import Fee, ResultDelivery
from app.dossiers.domain.handling import Supplement
from app.dossiers.domain.notices.notice import (
    Entry,
    Form,
    Notice,
    NoticeUnavailableError,
    Table,
    at,
    entries,
    money,
    numbered,
)
from app.dossiers.domain.statuses import Status

_DELIVERIES: Final = {
    ResultDelivery.DIRECT: "Trực tiếp tại bộ phận một cửa",
    ResultDelivery.POSTAL: "Qua dịch vụ bưu chính công ích",
}
_NOT_ACCEPTED: Final = frozenset({Status.REGISTERED, Status.REJECTED})
_ADVICE: Final = (
    "Dùng mã hồ sơ và mã tra cứu để xem tình trạng hồ sơ; không đưa mã tra cứu cho người khác."
)
_OWNER, _TAKER, _LEADER = "Người nộp hồ sơ", "Người tiếp nhận hồ sơ", "Thủ trưởng đơn vị"


@dataclass(frozen=True, slots=True)
class Case:
    """A dossier with its steps, and the register of its day: all its agency received then."""

    dossier: Dossier
    steps: Sequence[Step]
    register: Sequence[Dossier] = ()


def notice_of(form: Form, case: Case) -> Notice:
    """Return a form filled for a dossier.

    Raises:
        NoticeUnavailableError: if what it tells of did not happen.
    """
    return _FORMS[form](case)


def _receipt(case: Case) -> Notice:
    dossier, filing = case.dossier, case.dossier.filing
    accepted = [one for one in case.steps if one.status is Status.ACCEPTED]
    if dossier.status in _NOT_ACCEPTED or not accepted:
        raise NoticeUnavailableError
    first, last = accepted[0], dossier.promise.last
    papers = [(one.component_code, one.name) for one in filing.attachments]
    due = at(dossier.due_at) or "Thủ tục không quy định thời hạn"
    return Notice(
        form=Form.RECEIPT,
        code=dossier.code,
        agency=filing.agency.name,
        issued_at=first.happened_at,
        entries=(
            *_head(dossier),
            *entries(
                ("received_at", "Thời gian nhận hồ sơ", at(first.happened_at)),
                ("due_at", "Thời gian trả kết quả", due),
                ("due_explanation", "Cách tính", None if last is None else last.explanation),
                ("result_delivery", "Nhận kết quả", _DELIVERIES[filing.result_delivery]),
                ("tracking_code", "Mã tra cứu", dossier.tracking_code),
            ),
        ),
        tables=_tables(
            Table("Thành phần hồ sơ nộp", ("STT", "Mã", "Tên giấy tờ"), numbered(papers)),
            _fees(filing.fees),
        ),
        remarks=(_ADVICE,),
        signers=(_OWNER, _TAKER),
    )


def _supplement(case: Case) -> Notice:
    dossier = case.dossier
    if not dossier.handling.supplements:
        raise NoticeUnavailableError
    asked = dossier.handling.supplements[-1]
    return Notice(
        form=Form.SUPPLEMENT,
        code=dossier.code,
        agency=dossier.filing.agency.name,
        issued_at=asked.asked_at,
        entries=(*_head(dossier), *_asked(asked)),
        tables=_tables(
            Table(
                "Giấy tờ cần bổ sung",
                ("STT", "Tên giấy tờ"),
                numbered([(name,) for name in asked.papers]),
            )
        ),
        remarks=("Thời gian chờ bổ sung không tính vào thời hạn giải quyết.",),
        signers=(_OWNER, _TAKER),
    )


def _asked(asked: Supplement) -> tuple[Entry, ...]:
    return entries(
        ("round", "Lần yêu cầu", str(asked.number)),
        ("asked_by", "Người yêu cầu", asked.asked_by),
        ("content", "Nội dung yêu cầu", asked.content),
        ("answer_by", "Hạn bổ sung", at(asked.answer_by)),
    )


def _refusal(case: Case) -> Notice:
    return _reasoned(case, Form.REFUSAL, (_OWNER, _TAKER))


def _stop(case: Case) -> Notice:
    return _reasoned(case, Form.STOP, (_LEADER,))


def _reasoned(case: Case, form: Form, signers: tuple[str, ...]) -> Notice:
    dossier = case.dossier
    grounds = dossier.handling.refusal if form is Form.REFUSAL else dossier.handling.stop
    if grounds is None:
        raise NoticeUnavailableError
    return Notice(
        form=form,
        code=dossier.code,
        agency=dossier.filing.agency.name,
        issued_at=grounds.happened_at,
        entries=(
            *_head(dossier),
            *entries(
                ("reason", "Lý do", grounds.reason),
                ("decided_by", "Người quyết định", grounds.decided_by),
            ),
        ),
        signers=signers,
    )


def _apology(case: Case) -> Notice:
    dossier, extension = case.dossier, case.dossier.handling.extension
    if extension is None:
        raise NoticeUnavailableError
    return Notice(
        form=Form.APOLOGY,
        code=dossier.code,
        agency=dossier.filing.agency.name,
        issued_at=extension.happened_at,
        entries=(
            *_head(dossier),
            *entries(
                ("due_before", "Đã hẹn trả kết quả", at(extension.due_before)),
                ("reason", "Lý do chưa trả được", extension.reason),
                ("due_after", "Hẹn lại", at(extension.due_after)),
            ),
        ),
        remarks=("Cơ quan xin lỗi vì sự chậm trễ này; ngày trả kết quả chỉ được hẹn lại một lần.",),
        signers=(_LEADER,),
    )


def _control(case: Case) -> Notice:
    dossier = case.dossier
    rows = [
        (
            at(step.happened_at),
            step.actor.label if step.actor else "",
            ", ".join(part for part in (step.staff_name, step.department) if part),
            step.content,
            step.status.label,
        )
        for step in case.steps
    ]
    columns = ("STT", "Thời gian", "Vai", "Người thực hiện", "Nội dung", "Trạng thái")
    return Notice(
        form=Form.CONTROL,
        code=dossier.code,
        agency=dossier.filing.agency.name,
        issued_at=dossier.changed_at,
        entries=(*_head(dossier), *entries(("due_at", "Hẹn trả", at(dossier.due_at)))),
        tables=(Table("Quá trình giải quyết", columns, numbered(rows)),),
    )


def _register(case: Case) -> Notice:
    dossier = case.dossier
    columns = (
        "STT",
        "Mã hồ sơ",
        "Thủ tục",
        "Người nộp",
        "Nhận hồ sơ",
        "Hẹn trả",
        "Trả kết quả",
        "Nhận kết quả",
        "Trạng thái",
    )
    rows = [_line(one) for one in case.register]
    return Notice(
        form=Form.REGISTER,
        code=dossier.code,
        agency=dossier.filing.agency.name,
        issued_at=dossier.filing.times.received_at,
        entries=entries(("agency", "Cơ quan", dossier.filing.agency.name)),
        tables=(Table("Hồ sơ nhận trong ngày", columns, numbered(rows)),),
    )


def _line(dossier: Dossier) -> tuple[str, ...]:
    filing = dossier.filing
    return (
        dossier.code,
        filing.procedure.name,
        filing.applicant.full_name,
        at(filing.times.received_at),
        at(dossier.due_at),
        at(dossier.ends.returned_at),
        _DELIVERIES[filing.result_delivery],
        dossier.status.label,
    )


def _head(dossier: Dossier) -> tuple[Entry, ...]:
    filing = dossier.filing
    return entries(
        ("code", "Mã hồ sơ", dossier.code),
        ("procedure", "Thủ tục hành chính", filing.procedure.name),
        ("applicant", "Người nộp hồ sơ", filing.applicant.full_name),
        ("address", "Địa chỉ", filing.applicant.address),
        ("phone", "Số điện thoại", filing.applicant.phone),
        ("email", "Thư điện tử", filing.applicant.email),
        ("summary", "Nội dung đề nghị", filing.summary),
    )


def _fees(fees: Sequence[Fee]) -> Table:
    rows = [(fee.name, money(fee.amount_vnd)) for fee in fees]
    return Table("Phí, lệ phí", ("STT", "Khoản", "Số tiền"), numbered(rows))


def _tables(*tables: Table) -> tuple[Table, ...]:
    return tuple(table for table in tables if table.rows)


_FORMS: Final[Mapping[Form, Callable[[Case], Notice]]] = {
    Form.RECEIPT: _receipt,
    Form.SUPPLEMENT: _supplement,
    Form.REFUSAL: _refusal,
    Form.APOLOGY: _apology,
    Form.STOP: _stop,
    Form.CONTROL: _control,
    Form.REGISTER: _register,
}
