"""The ways a dossier's life may go, each with its chance; shares of acts are invented.

They are chosen so that every act there is happens now and then, and most dossiers go straight.
"""

from typing import Any, Final

from app.cli.replay.life import Life
from app.cli.replay.province import (
    PROCEDURE,
    RETURNED_BY_POST,
    SMALL_PROCEDURE,
    UNITS,
    unit_code,
)
from app.dossiers.domain.statuses import Status

_SOON, _DAYS, _LATER = (0.1, 3.0), (2.0, 16.0), (4.0, 30.0)
"""Working hours until somebody acts."""

_FILES: Final = "https://onestop.example.vn/files"
_SUPPLEMENT_WINDOW: Final = 72.0
"""Working hours after which the time to bring papers (LGSP_SUPPLEMENT_DAYS) is surely over."""

_PARTS: Final = (
    ("Đăng ký khai sinh (phần mẫu)", SMALL_PROCEDURE),
    ("Đăng ký thường trú (phần mẫu)", SMALL_PROCEDURE),
    ("Cấp thẻ bảo hiểm y tế (phần mẫu)", PROCEDURE),
)


def live(life: Life, number: int, *, is_chain: bool) -> None:
    """Tell a life to its end, or to where it stays."""
    if life.status is Status.REGISTERED and not _taken(life, number):
        return
    if life.happens(0.02):
        _withdrawn(life)
        return
    if not is_chain and life.happens(0.12):
        _finished(life, "counter")
        _returned(life, number)
        return
    _forwarded(life, "counter")
    done = _through_parts(life) if is_chain else _handled(life, number)
    if done:
        _returned(life, number)


def _taken(life: Life, number: int) -> bool:
    """Decide on what is registered; False if it is not accepted."""
    if life.happens(0.03):
        life.staff("refusal", "counter", _DAYS, reason="Không thuộc thẩm quyền giải quyết")
        life.moves(Status.REJECTED)
        return False
    if life.happens(0.06) and not _supplemented(life):
        return False
    if life.happens(0.08):
        _paid(life, number)
    due: dict[str, Any] = {}
    if life.happens(0.2):
        due["due_at"] = life.closing_after(12).isoformat()
    life.staff("acceptance", "counter", _SOON, **due)
    life.moves(Status.ACCEPTED)
    return True


def _handled(life: Life, number: int) -> bool:
    """Do the work; False if it does not come to its end."""
    while life.happens(0.3):
        _forwarded(life, "officer")
    if life.happens(0.05):
        scan = {"component_code": "TP03", "name": "ban-so-hoa.pdf", "url": f"{_FILES}/so-hoa.pdf"}
        life.staff("papers", "officer", _SOON, papers=[scan])
    if life.happens(0.06):
        due = life.closing_after(30).isoformat()
        life.staff("extensions", "leader", _DAYS, reason="Cần xác minh thêm", due_at=due)
    if not (_completed(life) and _undisturbed(life, number)):
        return False
    _finished(life, "officer" if life.happens(0.7) else "leader")
    if life.happens(0.015):
        _sent_back(life, to_counter=False)
        _finished(life, "officer")
    return True


def _completed(life: Life) -> bool:
    """Have missing papers brought, in rounds; False if they never come."""
    while life.happens(0.12):
        if not _supplemented(life):
            return False
        _forwarded(life, "counter")
    return True


def _undisturbed(life: Life, number: int) -> bool:
    """Go through what may come between; False if the work ends with it."""
    if life.happens(0.1):
        _paid(life, number)
    if life.happens(0.05):
        _sent_back(life, to_counter=life.happens(0.6))
    if life.happens(0.02) and not _stopped(life):
        return False
    if life.happens(0.015):
        _withdrawn(life)
        return False
    return True


def _forwarded(life: Life, kind: str) -> None:
    life.staff("forwardings", kind, _DAYS, receiver=f"Phòng Chuyên môn {life.unit:03}")
    life.moves(Status.PROCESSING)


def _supplemented(life: Life) -> bool:
    """Ask for papers; False if they never come."""
    before = life.status
    number = 1 + sum(deed.act == "supplements" for deed in life.deeds)
    papers = ["Bản sao giấy tờ tùy thân"]
    kind = "officer" if before is Status.PROCESSING else "counter"
    life.staff("supplements", kind, _SOON, reason="Hồ sơ thiếu giấy tờ", papers=papers)
    life.moves(Status.SUPPLEMENT_REQUESTED)
    if life.happens(0.05):
        life.passes(_SUPPLEMENT_WINDOW)
        life.staff("refusal", "counter", _SOON, reason="Quá thời hạn bổ sung")
        life.moves(Status.REJECTED)
        return False
    if life.happens(0.05):
        _withdrawn(life)
        return False
    paper = {"component_code": "TP02", "name": "bo-sung.pdf", "url": f"{_FILES}/bo-sung.pdf"}
    life.staff(f"supplements/{number}/receipt", "counter", _LATER, papers=[paper])
    life.moves(Status.REGISTERED if before is Status.REGISTERED else Status.ACCEPTED)
    return True


def _paid(life: Life, number: int) -> None:
    """Ask for a fee; it is paid, now and then in two parts."""
    before, amount = life.status, life.chance.choice((20_000, 50_000, 150_000, 600_000))
    fee = {"code": "LP02", "name": "Phí thẩm định mẫu", "amount_vnd": amount, "kind": "charge"}
    life.staff("fees", "counter", _SOON, fees=[fee])
    life.moves(Status.PAYMENT_REQUESTED)
    first = amount // 2 if life.happens(0.2) else amount
    for part in filter(None, (first, amount - first)):
        place = 1 + sum(deed.act == "payments" for deed in life.deeds)
        paid: dict[str, Any] = {"amount_vnd": part, "reference": f"BL-{number:06}-{place}"}
        if life.happens(0.6):
            way = life.chance.choice(("national_portal", "province_gateway"))
            life.system("payments", (0.2, 40), method=way, **paid)
        else:
            way = life.chance.choice(("cash", "transfer"))
            life.staff("payments", "counter", _SOON, method=way, **paid)
    life.moves(before)


def _sent_back(life: Life, *, to_counter: bool) -> None:
    life.staff(
        "send-backs", "officer", _SOON, to_counter=to_counter, reason="Thiếu bản chính để đối chiếu"
    )
    life.moves(Status.ACCEPTED if to_counter else Status.PROCESSING)
    if to_counter:
        _forwarded(life, "counter")


def _stopped(life: Life) -> bool:
    """Stop the work; False if nobody takes it up again."""
    life.staff("stops", "leader", _SOON, reason="Đang có tranh chấp")
    life.moves(Status.STOPPED)
    if life.happens(0.5):
        return False
    life.staff("resumptions", "leader", _LATER)
    life.moves(Status.PROCESSING)
    return True


def _withdrawn(life: Life) -> None:
    life.owner("withdrawal", (1, 60), reason="Không còn nhu cầu")
    life.moves(Status.WITHDRAWN)


def _finished(life: Life, kind: str) -> None:
    code = f"KQ.H38.{life.chance.randint(1, 999_999):06}"
    result = {"name": "Giấy xác nhận mẫu", "url": f"{_FILES}/ket-qua.pdf", "result_code": code}
    life.staff("completion", kind, _DAYS, results=[result] if life.happens(0.8) else [])
    life.moves(Status.FINISHED)


def _returned(life: Life, number: int) -> None:
    """Return the result, mostly by post; some owners say what they thought."""
    if life.happens(RETURNED_BY_POST):
        how: dict[str, Any] = {"way": "post", "tracking_number": f"EB{number:09}VN"}
    elif life.happens(0.5):
        result = {"name": "Bản điện tử mẫu", "url": f"{_FILES}/ban-dien-tu.pdf"}
        how = {"way": "electronic", "results": [result]}
    else:
        how = {"way": "counter", "recipient": "Người nộp hồ sơ"}
    life.staff("results", "counter", _SOON, **how)
    life.moves(Status.RETURNED)
    if life.happens(0.3):
        life.owner("rating", (0.1, 200), score=life.chance.choice((5, 5, 5, 4, 4, 3, 2, 1)))


def _through_parts(life: Life) -> bool:
    """Have other agencies do their parts, one after the other; False if one refuses."""
    agencies = [unit_code((life.unit + place) % UNITS) for place in (1, 2, 3)]
    wanted = [
        {
            "name": name,
            "agency_code": agency,
            "procedure_code": procedure,
            "after": [place] if place else [],
        }
        for place, ((name, procedure), agency) in enumerate(zip(_PARTS, agencies, strict=True))
    ]
    life.staff("parts", "counter", _SOON, parts=wanted)
    life.parts = [None] * len(wanted)
    for part in range(1, len(wanted) + 1):
        life.moves(Status.REGISTERED, part=part)
        if life.happens(0.05):
            life.staff("refusal", "counter", _DAYS, part=part, reason="Không đủ điều kiện")
            life.moves(Status.REJECTED, part=part)
            return False
        life.staff("acceptance", "counter", _SOON, part=part)
        life.moves(Status.ACCEPTED, part=part)
        life.staff("forwardings", "counter", _DAYS, part=part, receiver="Phòng Chuyên môn")
        life.moves(Status.PROCESSING, part=part)
        life.staff("completion", "officer", _DAYS, part=part)
        life.moves(Status.FINISHED, part=part)
    life.moves(Status.FINISHED)
    return True
