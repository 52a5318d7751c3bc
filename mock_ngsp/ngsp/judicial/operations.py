"""The operations of judicial records; the addresses of the second generation are ours."""

from collections.abc import Callable
from typing import Any, Final

from pydantic import BaseModel

from mock_ngsp.ngsp.asking import Asked, Guard, Operation, UnreadableError
from mock_ngsp.ngsp.judicial import first_wire, second, second_wire
from mock_ngsp.ngsp.judicial.first import WRONG
from mock_ngsp.ngsp.magic import Outcome, magic_of
from mock_ngsp.ngsp.reading import read_body
from mock_ngsp.wire import Answer, json_answer

SERVICE: Final = "judicial"
CENTRAL: Final = "judicial-central"
LINKED: Final = "judicial-return"
CONTEXT: Final = "apiLyLichTuPhap"
CENTRAL_CONTEXT: Final = "apiLLTP"
LINKED_CONTEXT: Final = "v2"
_PREFIX: Final = "LLTP-API-"
_NO_RIGHT: Final = "Đơn vị chưa được cấp quyền"


def _spell(end: str) -> str:
    return f"GIADINH-{end}"


MAGIC: Final = (
    *magic_of(SERVICE, "idReceivedDec", "GIADINH-0001", _spell),
    *magic_of(CENTRAL, "maHoSoMCDT", "GIADINH-0001", _spell),
    *magic_of(LINKED, "maHoSoMCDT", "GIADINH-0001", _spell),
)

_LOST: Final = frozenset(one.value for one in MAGIC if one.outcome is Outcome.NOT_FOUND)
_NOWHERE: Final = "-"

Act = Callable[[Asked], Any]


def _first(model: type[BaseModel], act: str) -> Act:
    def answer(asked: Asked) -> Answer:
        try:
            read = read_body(asked, model)
        except UnreadableError as wrong:
            return json_answer(_wrong(asked, f"Dữ liệu không hợp lệ: {wrong.words}"))
        if isinstance(read, first_wire.StateQuestion) and read.idReceivedDec in _LOST:
            read = read.model_copy(update={"idReceivedDec": _NOWHERE})
        done = getattr(asked.universe.ngsp.judicial, act)(read, asked.universe.clock.now())
        return json_answer(done)

    return answer


def _wrong(asked: Asked, words: str) -> dict[str, str]:
    """A refusal of the first generation, in the caller's own case."""
    told = {"STATUS": WRONG, "DESCRIPTION": words, "ID": ""}
    try:
        is_small = "declarationForm" in asked.json()
    except UnreadableError:
        is_small = False
    return {name.lower(): said for name, said in told.items()} if is_small else told


def _first_refused(asked: Asked) -> Answer:
    return json_answer(_wrong(asked, _NO_RIGHT))


def _first_subject(asked: Asked) -> str:
    return asked.text("idReceivedDec") or asked.text("declarationId")


_FIRST: Final[tuple[tuple[str, type[BaseModel], str], ...]] = (
    ("nhanHoSoDangKy", first_wire.Submission, "submit"),
    ("traTrangThaiHs", first_wire.StateQuestion, "state"),
    ("traHoSo", first_wire.OfKind, "declarations"),
    ("traDanhMuc", first_wire.OfKind, "catalogue"),
    ("danhDauHsThanhCong", first_wire.Taken, "mark"),
    ("traDsTrangThaiHs", first_wire.OfKind, "changed"),
)


def answer_submission(asked: Asked) -> Answer:
    """A declaration for the central system."""
    try:
        read = read_body(asked, second_wire.DataLGSP)
    except UnreadableError as wrong:
        return json_answer(second.refusal("302", f"Dữ liệu không hợp lệ: {wrong.words}"))
    central = asked.universe.ngsp.central_judicial
    return json_answer(central.submit(read, asked.universe.clock.now()))


def answer_poll(asked: Asked) -> Answer:
    """Where a declaration stands."""
    try:
        read = read_body(asked, second_wire.Poll)
    except UnreadableError as wrong:
        return json_answer(second.nothing(f"Dữ liệu không hợp lệ: {wrong.words}"))
    if read.maHoSoMCDT in _LOST:
        read = read.model_copy(update={"maHoSoMCDT": _NOWHERE})
    central = asked.universe.ngsp.central_judicial
    return json_answer(central.poll(read, asked.universe.clock.now()))


def answer_return(asked: Asked) -> Answer:
    """What a province returns to the portal of linked services."""
    try:
        read = read_body(asked, second_wire.Returned)
    except UnreadableError as wrong:
        return json_answer(second.portal_answer("01", f"Dữ liệu không hợp lệ: {wrong.words}"))
    if asked.universe.ngsp.central_judicial.interrupted.pop(read.maHoSoMCDT, False):
        return json_answer(second.portal_answer("03", second.INTERRUPTED))
    return json_answer(asked.universe.ngsp.central_judicial.take_back(read))


def _poll_refused(_asked: Asked) -> Answer:
    return json_answer(second.nothing(_NO_RIGHT))


def _submission_refused(_asked: Asked) -> Answer:
    return json_answer(second.refusal("403", _NO_RIGHT))


def _return_refused(_asked: Asked) -> Answer:
    return json_answer(second.portal_answer("03", _NO_RIGHT))


def _code(asked: Asked) -> str:
    return asked.text("maHoSoMCDT")


OPERATIONS: Final = (
    *(
        Operation(
            SERVICE, CONTEXT, f"{prefix}{name}", "POST", _first(model, act), _first_subject,
            _first_refused,
        )
        for name, model, act in _FIRST
        for prefix in ("", _PREFIX)
    ),
    Operation(
        CENTRAL, CENTRAL_CONTEXT, "guiHoSo", "POST", answer_submission, _code,
        _submission_refused, guard=Guard.OPEN,
    ),
    Operation(
        CENTRAL, CENTRAL_CONTEXT, "traCuuHoSo", "POST", answer_poll, _code, _poll_refused,
        guard=Guard.OPEN,
    ),
    Operation(
        LINKED, LINKED_CONTEXT, "lyLichTuPhap/traKetQuaHoSoLLTP", "POST", answer_return, _code,
        _return_refused,
    ),
)  # fmt: skip
