"""The first generation: submit, ask, list what changed, mark it taken."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from mock_ngsp.clock import VIETNAM
from mock_ngsp.ngsp.judicial.first_wire import (
    Content,
    OfKind,
    StateQuestion,
    Submission,
    Taken,
)

RECEIVED, IN_HAND, DONE = 3, 4, 5
NAMES: Final = {
    RECEIVED: "Sở Tư pháp đã tiếp nhận",
    IN_HAND: "Đang xử lý",
    DONE: "Đã có phiếu",
}
OK, WRONG = "1", "0"
_TAKEN: Final = "Hồ sơ đã được tiếp nhận, không thể cập nhật thông tin"
_UNKNOWN: Final = "Không tìm thấy hồ sơ"
_CATALOGUES: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "1": (("38001", "Phường Hạc Thành"), ("38002", "Phường Đông Sơn")),
    "2": (("1", "Việt Nam"), ("2", "Lào")),
    "3": (("1", "Kinh"), ("2", "Mường"), ("3", "Thái")),
    "4": (("1", "Toà án nhân dân"), ("2", "Công an tỉnh")),
    "5": (("38", "Sở Tư pháp Thanh Hoá"), ("10", "Sở Tư pháp Lào Cai")),
}


@dataclass(slots=True)
class Held:
    """A declaration as the department of justice holds it; `told` is the state marked as taken."""

    number: str
    asked: Submission
    at: datetime
    told: int = 0


@dataclass(slots=True)
class FirstGeneration:
    """Every declaration since the last reset, by its receipt number."""

    in_hand_after: timedelta = timedelta(days=1)
    done_after: timedelta = timedelta(days=5)
    held: dict[str, Held] = field(default_factory=dict)

    def submit(self, asked: Submission, now: datetime) -> Content:
        """Take a declaration; a known receipt number is told so and changes nothing."""
        known = self.held.get(asked.idReceivedDec)
        if known is not None:
            return _cased(asked, {"STATUS": WRONG, "DESCRIPTION": _TAKEN, "ID": known.number})
        number = f"LLTP{len(self.held) + 1:06d}"
        self.held[asked.idReceivedDec] = Held(number, asked, now)
        told = {"STATUS": OK, "DESCRIPTION": "Tiếp nhận hồ sơ thành công", "ID": number}
        return _cased(asked, told)

    def state(self, asked: StateQuestion, now: datetime) -> Content:
        """Where one declaration stands; without one-stop the identity number must fit."""
        found = self.held.get(asked.idReceivedDec)
        is_theirs = found is not None and (
            asked.infoType == "2" or found.asked.declaration.identifyNo == asked.identifyNo
        )
        if found is None or not is_theirs:
            return {"STATUS": WRONG, "DESCRIPTION": _UNKNOWN} | dict.fromkeys(
                ("DEC_STATUS_ID", "DEC_STATUS_NAME", "APPROVE_DATE", "ISSUE_DATE"), ""
            )
        return {"STATUS": OK, "DESCRIPTION": "Thành công"} | self._stands(found, now)

    def changed(self, _asked: OfKind, now: datetime) -> Content:
        """Every declaration whose state was not marked as taken yet."""
        rows = [
            {"DECLARATION_ID": one.number}
            | self._stands(one, now)
            | {"APPOINTMENT_NO": "", "RECEIVE_NO": one.asked.idReceivedDec}
            for one in self.held.values()
            if self.code(one, now) != one.told
        ]
        return {"STATUS": OK, "DESCRIPTION": "Thành công", "LISTCONTENT": rows}

    def mark(self, asked: Taken, now: datetime) -> Content:
        """Note which states the province has taken; unknown numbers are refused, whole."""
        named = [one for one in asked.declarationId.split(";") if one]
        known = {one.number: one for one in self.held.values()}
        if any(number not in known for number in named):
            return {"STATUS": WRONG, "DESCRIPTION": _UNKNOWN}
        for number in named:
            known[number].told = self.code(known[number], now)
        return {"STATUS": OK, "DESCRIPTION": "Thành công"}

    def declarations(self, _asked: OfKind, _now: datetime) -> list[Content]:
        """Every declaration word for word, as `traHoSo` hands them out."""
        return [
            {
                "declarationTraHoSoForm": one.asked.declaration.model_dump(),
                "residenceWSForm": [
                    row.model_dump() for row in one.asked.residenceWSForm or one.asked.residenceForm
                ],
                "mandatorWSForm": (
                    whom.model_dump()
                    if (whom := one.asked.mandatorWSForm or one.asked.mandatorForm)
                    else None
                ),
            }
            for one in self.held.values()
        ]

    def catalogue(self, asked: OfKind, _now: datetime) -> list[Content]:
        """The rows of one of five catalogues."""
        return [{"ID": code, "NAME": name} for code, name in _CATALOGUES[asked.infoType]]

    def code(self, one: Held, now: datetime) -> int:
        """3, then 4, then 5, as the clock goes."""
        age = now - one.at
        if age >= self.done_after:
            return DONE
        return IN_HAND if age >= self.in_hand_after else RECEIVED

    def shown(self) -> list[Content]:
        """Every declaration as the control API shows it."""
        return [
            {
                "ID": one.number,
                "marked": one.told,
                "asked": one.asked.model_dump(exclude_unset=True),
            }
            for one in self.held.values()
        ]

    def _stands(self, one: Held, now: datetime) -> Content:
        code = self.code(one, now)
        issued = _day(one.at + self.done_after) if code == DONE else ""
        return {
            "DEC_STATUS_ID": str(code),
            "DEC_STATUS_NAME": NAMES[code],
            "APPROVE_DATE": issued,
            "ISSUE_DATE": issued,
        }


def _cased(asked: Submission, told: Content) -> Content:
    """Later clients read small letters."""
    return {name.lower(): said for name, said in told.items()} if asked.is_small else told


def _day(moment: datetime) -> str:
    return moment.astimezone(VIETNAM).strftime("%d/%m/%Y")
