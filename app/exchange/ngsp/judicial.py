"""Judicial records through the nation's gateway, both generations, and the way back."""

import unicodedata
from dataclasses import dataclass
from typing import Final

from pydantic import SecretStr

from app.exchange.dvcqg.portal import shown
from app.exchange.ngsp.calling import Caller, posting, read
from app.exchange.ngsp.errors import ServiceError, Trouble
from app.exchange.ngsp.outcomes import LONGEST_WORDS, deferred
from app.exchange.ngsp.wire import central_judicial as central
from app.exchange.ngsp.wire import judicial as first
from app.exchange.outcomes import Deferred, Delivered, Outcome, Refused

_FIRST: Final = "judicial"
_CENTRAL: Final = "judicial-central"
_LINKED: Final = "judicial-return"
_OK: Final = "1"

TAKEN: Final = "gửi thông tin thành công"
HELD: Final = "đã được tiếp nhận"
PAST: Final = "không thể cập nhật lên trạng thái"
INTERRUPTED: Final = "yêu cầu bị gián đoạn. vui lòng thử lại."
"""Wordings that clients in production test for; they decide where codes do not."""

IN_HAND, DONE = "4", "5"
"""DEC_STATUS_ID: being worked on, and done."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a record stands, in the nation's code and words; `result` once there is one."""

    code: str
    name: str
    ends: bool
    issued_on: str = ""
    result: central.Result | None = None


class FirstJudicial:
    """The first generation: `apiLyLichTuPhap`."""

    def __init__(self, caller: Caller, *, context: str, prefix: str) -> None:
        self._caller = caller
        self._context = context
        self._prefix = prefix

    async def submit(self, asked: first.Submission) -> Outcome:
        """Submit a declaration; one that was taken before counts as taken."""
        url = self._caller.url(self._context, "nhanHoSoDangKy")
        content = asked.model_dump()
        call = posting(_FIRST, "judicial-submit", url, content)
        try:
            told = read(first.SubmissionAnswer, call, await self._caller.ask(call))
        except ServiceError as error:
            return deferred(error)
        if told.status == _OK or HELD in _folded(told.words):
            return Delivered(told.id or None)
        return Refused(shown(told.status), told.words[:LONGEST_WORDS])

    async def ask(self, number: str) -> Standing | None:
        """Return where a declaration stands; None if it is not known there.

        Raises:
            ServiceError: if nobody answers usably.
        """
        url = self._caller.url(self._context, f"{self._prefix}traTrangThaiHs")
        content = first.StateQuestion(number=number).model_dump()
        call = posting(_FIRST, "judicial-state", url, content)
        told = read(first.StateAnswer, call, await self._caller.ask(call))
        if told.status != _OK:
            if told.code == "" and "không tìm thấy" in _folded(told.words):
                return None
            raise ServiceError(Trouble.REFUSED, shown(told.status))
        return Standing(told.code, told.name, told.code == DONE, told.issued_on)


class CentralJudicial:
    """The second generation: the ministry's central system, with the key in the body."""

    def __init__(
        self, caller: Caller, *, context: str, key: SecretStr, addresses: tuple[str, str]
    ) -> None:
        self._caller = caller
        self._context = context
        self._key = key
        self._submit, self._poll = addresses

    async def submit(self, asked: central.Submission) -> Outcome:
        """Submit a declaration; what the words say decides, as for every known client."""
        content = self._keyed(asked).model_dump(exclude_none=True)
        url = self._caller.url(self._context, self._submit)
        call = posting(_CENTRAL, "judicial-submit", url, content)
        try:
            told = read(central.SubmissionAnswer, call, await self._caller.ask(call))
        except ServiceError as error:
            return deferred(error)
        words = _folded(f"{told.words} {told.error}")
        if TAKEN in words or HELD in words:
            return Delivered()
        return Refused(shown(told.error_code), (told.error or told.words)[:LONGEST_WORDS])

    async def ask(self, number: str, *, province: str) -> Standing | None:
        """Return where a declaration stands; None if it is not known there.

        Raises:
            ServiceError: if nobody answers usably.
        """
        asked = central.Poll(province_code=province, number=number)
        url = self._caller.url(self._context, self._poll)
        call = posting(_CENTRAL, "judicial-state", url, self._keyed(asked).model_dump())
        told = read(central.PollAnswer, call, await self._caller.ask(call))
        rows = [row for row in told.value or () if row.number == number]
        if told.status == _OK and rows:
            row = rows[0]
            name = central_name(row.code)
            return Standing(row.code, name, row.code in FINAL, result=row.result)
        if told.status == _OK or "không tìm thấy" in _folded(told.words):
            return None
        raise ServiceError(Trouble.REFUSED, shown(told.status))

    def _keyed(self, asked: central.Keyed) -> central.Keyed:
        return asked.model_copy(update={"key": self._key.get_secret_value()})


class JudicialReturn:
    """What goes back to the portal of linked services for records that were asked for there."""

    def __init__(self, caller: Caller, *, url: str) -> None:
        self._caller = caller
        self._url = url

    async def give(self, told: central.Returned) -> Outcome:
        """Return where a record stands; a state that the portal is past already counts as told."""
        call = posting(_LINKED, "judicial-return", self._url, told.model_dump(exclude_none=True))
        try:
            answer = read(central.ReturnAnswer, call, await self._caller.ask(call))
        except ServiceError as error:
            return deferred(error)
        words = _folded(answer.words)
        if answer.code == "00" or (answer.code == "01" and PAST in words):
            return Delivered(answer.code)
        if answer.code == "03" and INTERRUPTED in words:
            return Deferred("interrupted")
        return Refused(shown(answer.code), answer.words[:LONGEST_WORDS])


_NAMES: Final = {
    "1": "Mới đăng ký",
    "2": "Được tiếp nhận",
    "3": "Không được tiếp nhận",
    "4": "Đang xử lý",
    "5": "Yêu cầu bổ sung hồ sơ",
    "6": "Yêu cầu thực hiện nghĩa vụ tài chính",
    "7": "Công dân yêu cầu rút hồ sơ",
    "8": "Dừng xử lý",
    "9": "Đã xử lý xong",
    "10": "Đã trả kết quả",
}
FINAL: Final = frozenset({"3", "7", "8", "9", "10"})
"""After these nothing more comes; of 9 and 10 there is a record."""


def central_name(code: str) -> str:
    """Return the Vietnamese name of a `trangThaiXuLy`, which is the portal's own list."""
    return _NAMES.get(code, code)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()
