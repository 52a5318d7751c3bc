"""The addresses of the messaging services."""

import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import parse_qs

from lxml import etree
from pydantic import BaseModel, ValidationError

from mock_ngsp.messages.inbox import (
    BEARER,
    FORCED,
    LIFE,
    PASSWORD,
    REFUSED,
    UNREACHABLE,
    USER,
    USERS,
    ZALO_SECRET,
    Arrived,
)
from mock_ngsp.messages.wire import TinBrandname, TinCongDan, TinOa, TinTinh, TinZns
from mock_ngsp.ngsp.magic import Outcome, fault_of, half_of
from mock_ngsp.wire import Answer, Axis, Body, Call, Request, json_answer

if TYPE_CHECKING:
    from mock_ngsp.universe import Universe

CITIZEN = "/api/v1/congdan/SendSms"
BRAND = "/sms/brandname"
BULK = "/sms/bulk"
ADAPTER = "/sms/province"
TOKEN = "/v4/oa/access_token"  # noqa: S105 - an address
TEMPLATE = "/message/template"
OFFICIAL = "/v3.0/oa/message/cs"
_BULK_NS = "http://impl.bulkSms.ws/"
_SOAP_NS = "http://schemas.xmlsoap.org/soap/envelope/"
_XML = b"text/xml; charset=utf-8"
_NUMBER = re.compile(rb"\b84[0-9]{9}\b")
_USER_ID = re.compile(rb'"user_id"\s*:\s*"([0-9]+)"')
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)

Act = Callable[["Universe", Request], Answer]
M = TypeVar("M", bound=BaseModel)


class Messaging:
    """Reads a request into a call of a messaging service."""

    def __init__(self, universe: "Universe") -> None:
        self._universe = universe

    def read(self, request: Request) -> Call | Answer | None:
        """The call, or None when the path is another wire's."""
        if request.path not in _ROUTES:
            return None
        operation, act = _ROUTES[request.path]
        if request.method != "POST":
            return json_answer({"message": "POST only"}, 405)
        outcome = _forced(request)
        is_half = outcome is Outcome.MALFORMED
        half = partial(half_of, Body.XML if request.path == BULK else Body.JSON)
        return Call(
            Axis.MESSAGES,
            operation,
            caller="",
            kind=Body.JSON,
            body=request.body,
            answer=half if is_half else partial(act, self._universe, request),
            forced=fault_of(outcome, operation, self._universe.settings.ngsp_slow),
        )


def _forced(request: Request) -> Outcome | None:
    """What a message comes to by the number, or the user, that it is for."""
    if request.path == OFFICIAL:
        user = _USER_ID.search(request.body)
        return None if user is None else USERS.get(user[1].decode())
    number = _NUMBER.search(request.body)
    return None if number is None else FORCED.get(number.group().decode()[-6:])


def _citizen(universe: "Universe", request: Request) -> Answer:
    if not _has_bearer(request):
        return json_answer({"result": "UNAUTHORIZED"}, 401)
    message = _read(TinCongDan, request)
    if message is None:
        return json_answer({"result": "INVALID"}, 400)
    if message.receiver.endswith(REFUSED):
        return json_answer({"result": "FAILED"})
    _take(universe, "SendSms", message.receiver, message.content)
    return json_answer({"result": "SUCCESSFUL"})


def _brand(universe: "Universe", request: Request) -> Answer:
    envelope = _read(TinBrandname, request)
    if envelope is None:
        return json_answer(_reply("4", "Invalid request"))
    message = envelope.RQST
    if (message.APIUSER, message.APIPASS) != (USER, PASSWORD):
        return json_answer(_reply("1", "Wrong account"))
    if message.MOBILELIST.endswith(REFUSED):
        return json_answer(_reply("9", "Not sent"))
    text = " ".join(one.CONTENT for one in message.PARAMS)
    _take(universe, "send_sms_list", message.MOBILELIST, text, message.REQID)
    return json_answer(_reply("0", "Success"))


def _reply(code: str, words: str) -> dict[str, object]:
    return {"RPLY": {"name": "send_sms_list", "ERROR": code, "ERROR_DESC": words}}


_FIELDS = (
    "User", "Password", "CPCode", "RequestID", "UserID", "ReceiverID", "ServiceID", "CommandCode",
    "Content", "ContentType",
)  # fmt: skip


def _bulk(universe: "Universe", request: Request) -> Answer:
    try:
        root = etree.fromstring(request.body, _PARSER)
    except etree.XMLSyntaxError:
        return _bulk_answer("0", "Not XML")
    call = root.find(f"{{{_SOAP_NS}}}Body/{{{_BULK_NS}}}wsCpMt")
    if call is None or tuple(child.tag for child in call) != _FIELDS:
        return _bulk_answer("0", "Not wsCpMt")
    said = {str(child.tag): child.text or "" for child in call}
    if (said["User"], said["Password"]) != (USER, PASSWORD):
        return _bulk_answer("0", "Authentication failed")
    is_plain = said["Content"].isascii() and said["ContentType"] == "0"
    if said["CommandCode"] != "bulksms" or not is_plain or said["ReceiverID"].endswith(REFUSED):
        return _bulk_answer("0", "Not taken")
    _take(universe, "wsCpMt", said["ReceiverID"], said["Content"], said["RequestID"])
    return _bulk_answer("1", "Insert MT_QUEUE: OK")


def _bulk_answer(result: str, words: str) -> Answer:
    envelope = etree.Element(f"{{{_SOAP_NS}}}Envelope", nsmap={"S": _SOAP_NS, "ns2": _BULK_NS})
    body = etree.SubElement(envelope, f"{{{_SOAP_NS}}}Body")
    told = etree.SubElement(etree.SubElement(body, f"{{{_BULK_NS}}}wsCpMtResponse"), "return")
    etree.SubElement(told, "message").text = words
    etree.SubElement(told, "result").text = result
    content = etree.tostring(envelope, xml_declaration=True, encoding="UTF-8")
    return Answer(content, content_type=_XML)


def _adapter(universe: "Universe", request: Request) -> Answer:
    if not _has_bearer(request):
        return json_answer({"status": "error"}, 401)
    message = _read(TinTinh, request)
    if message is None or message.soDienThoai.endswith(REFUSED):
        return json_answer({"status": "error"}, 400)
    _take(universe, "adapter", message.soDienThoai, message.noiDungthamSo)
    return json_answer({"status": "ok"})


def _token(universe: "Universe", request: Request) -> Answer:
    form = parse_qs(request.body.decode("utf-8", "replace"))
    secret = request.headers.get(b"secret_key", b"").decode("latin-1")
    pair = None
    if secret == ZALO_SECRET:
        (given,) = form.get("refresh_token", [""])[:1] or [""]
        pair = universe.inbox.renew(given, universe.clock.now())
    if pair is None:
        return json_answer({"error": -14014, "error_name": "Invalid refresh token."})
    access, refresh = pair
    life = str(int(LIFE.total_seconds()))
    return json_answer({"access_token": access, "refresh_token": refresh, "expires_in": life})


def _template(universe: "Universe", request: Request) -> Answer:
    token = request.headers.get(b"access_token", b"").decode("latin-1")
    if not universe.inbox.is_good(token, universe.clock.now()):
        return json_answer({"error": -124, "message": "Access token is invalid"})
    message = _read(TinZns, request)
    if message is None:
        return json_answer({"error": -137, "message": "Invalid template data"})
    if message.phone.endswith(UNREACHABLE):
        return json_answer({"error": -118, "message": "Zalo account not existed"})
    text = message.template_data.loi_nhan
    _take(universe, "template", message.phone, text, message.tracking_id)
    return json_answer({"error": 0, "message": "Success"})


def _account(universe: "Universe", request: Request) -> Answer:
    token = request.headers.get(b"access_token", b"").decode("latin-1")
    if not universe.inbox.is_good(token, universe.clock.now()):
        return json_answer({"error": -216, "message": "Access token is invalid"})
    message = _read(TinOa, request)
    if message is None:
        return json_answer({"error": -201, "message": "Params is invalid"})
    user = message.recipient.user_id
    match USERS.get(user):
        case Outcome.NOT_FOUND:
            return json_answer({"error": -201, "message": "User id is invalid"})
        case Outcome.REFUSED:
            return json_answer({"error": -213, "message": "User has not followed OA"})
        case _:
            _take(universe, "oa_message", user, message.message.text)
            return json_answer({"error": 0, "message": "Success"})


def _take(universe: "Universe", wire: str, to: str, text: str, own: str = "") -> None:
    universe.inbox.take(Arrived(universe.clock.now(), wire, to, text, own))


def _has_bearer(request: Request) -> bool:
    return request.headers.get(b"authorization", b"").decode("latin-1") == f"Bearer {BEARER}"


def _read(model: type[M], request: Request) -> M | None:
    try:
        return model.model_validate_json(request.body)
    except ValidationError:
        return None


_ROUTES: Mapping[str, tuple[str, Act]] = {
    CITIZEN: ("SendSms", _citizen),
    BRAND: ("send_sms_list", _brand),
    BULK: ("wsCpMt", _bulk),
    ADAPTER: ("adapter", _adapter),
    TOKEN: ("access_token", _token),
    TEMPLATE: ("template", _template),
    OFFICIAL: ("oa_message", _account),
}
OPERATIONS = tuple(name for name, _ in _ROUTES.values())
