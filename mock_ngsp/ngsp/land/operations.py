"""The operations of the land system, in the two faces; that they share messages is inferred."""

from collections.abc import Callable
from datetime import datetime
from typing import Final
from urllib.parse import parse_qsl

from mock_ngsp.ngsp.asking import Asked, Guard, Operation, UnreadableError
from mock_ngsp.ngsp.faults import GatewayFault
from mock_ngsp.ngsp.land.files import (
    DEFAULT_ACCOUNT,
    ILIS,
    IN_HAND,
    REFUSED,
    RETURNED,
    VBDLIS,
    WRONG,
    said,
)
from mock_ngsp.ngsp.land.wire import BoSung, ChungTuThue, HoSo, PhanHoi, TraKetQua, TrangThai
from mock_ngsp.ngsp.magic import Outcome, magic_of
from mock_ngsp.ngsp.reading import read_body
from mock_ngsp.wire import Answer, json_answer

SERVICE: Final = "land"
CONTEXTS: Final = {VBDLIS: "apiVBDLIS", ILIS: "apiILIS"}
MAGIC: Final = magic_of(
    SERVICE, "SoBienNhan", "H38.12-000101-0001", lambda end: f"H38.12-000101-{end}"
)
_LOST: Final = frozenset(one.value for one in MAGIC if one.outcome is Outcome.NOT_FOUND)

Act = Callable[[Asked], Answer]


def answer_token(asked: Asked) -> Answer:
    """`token` of iLIS: a grant by password, for a client and its user."""
    form = dict(parse_qsl(asked.request.body.decode("utf-8", "replace"), keep_blank_values=True))
    if form.get("grant_type") != "password":
        return json_answer({"error": "unsupported_grant_type"}, 400)
    account = DEFAULT_ACCOUNT
    wanted = (account.client_id, account.client_secret, account.username, account.password)
    names = ("client_id", "client_secret", "username", "password")
    if tuple(form.get(name) for name in names) != wanted:
        return json_answer({"error": "invalid_grant"}, 400)
    lifetime = asked.universe.settings.ngsp_token_ttl
    token = asked.universe.ngsp.land.token(_now(asked), lifetime)
    told = {"access_token": token, "token_type": "Bearer"}
    return json_answer(told | {"expires_in": int(lifetime.total_seconds())})


def _receive(face: str) -> Act:
    def answer(asked: Asked) -> Answer:
        dossier = read_body(asked, HoSo)
        land, now = asked.universe.ngsp.land, _now(asked)
        if dossier.SoBienNhan in _LOST:
            return json_answer(said(now, 1, "200", "Tiếp nhận hồ sơ thành công"))
        return json_answer(land.receive(face, dossier, now))

    return answer


def _supply(asked: Asked) -> Answer:
    told = read_body(asked, BoSung)
    return _noted(asked, told.SoBienNhan, told.model_dump(exclude_unset=True), IN_HAND)


def _give_back(asked: Asked) -> Answer:
    told = read_body(asked, TraKetQua)
    return _noted(asked, told.SoBienNhan, told.model_dump(exclude_unset=True), RETURNED)


def _move(asked: Asked) -> Answer:
    told = read_body(asked, TrangThai)
    return _noted(asked, told.SoBienNhan, told.model_dump(exclude_unset=True), told.TrangThai)


def _correct(asked: Asked) -> Answer:
    told = read_body(asked, PhanHoi)
    return _noted(asked, told.SoBienNhan, told.model_dump(exclude_unset=True), IN_HAND)


def _hand_on(asked: Asked) -> Answer:
    """A voucher leaves a dossier where it stands."""
    told = read_body(asked, ChungTuThue)
    file = asked.universe.ngsp.land.held.get(told.SoBienNhan)
    status = IN_HAND if file is None else file.status
    return _noted(asked, told.SoBienNhan, told.model_dump(exclude_unset=True), status)


def _noted(asked: Asked, number: str, told: dict[str, object], status: str) -> Answer:
    now = _now(asked)
    return json_answer(asked.universe.ngsp.land.note(number, told, status, now))


def _read(act: Act) -> Act:
    def answer(asked: Asked) -> Answer:
        try:
            return act(asked)
        except UnreadableError as wrong:
            return json_answer(said(_now(asked), 0, WRONG, f"Dữ liệu không hợp lệ: {wrong.words}"))

    return answer


def _under_token(act: Act) -> Act:
    def answer(asked: Asked) -> Answer:
        kind, _, token = asked.header("authorization").partition(" ")
        shape = asked.universe.settings.ngsp_faults
        if kind.lower() != "bearer" or not token:
            return GatewayFault.MISSING.answer(shape)
        if not asked.universe.ngsp.land.is_good(token, _now(asked)):
            return GatewayFault.INVALID.answer(shape)
        return act(asked)

    return answer


def refused(asked: Asked) -> Answer:
    """What the land system says when it does not want to."""
    return json_answer(said(_now(asked), 0, REFUSED, "Đơn vị chưa được cấp quyền"))


def _number(asked: Asked) -> str:
    return asked.text("SoBienNhan")


def _now(asked: Asked) -> datetime:
    return asked.universe.clock.now()


def _operation(face: str, resource: str, act: Act) -> Operation:
    answer = _read(act)
    if face == ILIS:
        answer = _under_token(answer)
    return Operation(
        SERVICE, CONTEXTS[face], resource, "POST", answer, _number, refused, guard=Guard.OWN
    )


OPERATIONS: Final = (
    _operation(VBDLIS, "tiepnhan", _receive(VBDLIS)),
    _operation(VBDLIS, "capnhattrangthaibosunghoso", _supply),
    _operation(VBDLIS, "capnhattrangthaitraketquahoso", _give_back),
    _operation(VBDLIS, "phanhoihososaiketqua", _correct),
    _operation(VBDLIS, "nhanchungtuthue", _hand_on),
    Operation(
        SERVICE, CONTEXTS[ILIS], "token", "POST", answer_token, lambda _: "", refused,
        guard=Guard.OPEN,
    ),
    _operation(ILIS, "TiepNhanHoSo", _receive(ILIS)),
    _operation(ILIS, "BoSungHoSo", _supply),
    _operation(ILIS, "CapNhatTrangThaiHoSo", _move),
    _operation(ILIS, "phanhoihososaiketqua", _correct),
    _operation(ILIS, "NhanChungTuThue", _hand_on),
)  # fmt: skip
