"""The portal's addresses `/mapi/login` and `/mapi/g`, directly or through a security server."""

from collections.abc import Callable, Collection
from functools import partial
from typing import TYPE_CHECKING

from pydantic import ValidationError
from pydantic_core import from_json

from mock_ngsp.dvcqg import calls, forwarding, ministry
from mock_ngsp.dvcqg.operations import SERVICES, Content
from mock_ngsp.dvcqg.refusals import GENERIC, PortalRefusalError, invalid
from mock_ngsp.wire import Answer, Axis, Body, Call, Request, json_answer

if TYPE_CHECKING:
    from mock_ngsp.universe import Universe

LOGIN = "login"
KNOWN = (*SERVICES, *ministry.SERVICES)
_LOGIN_PATH, _CALL_PATH = "/mapi/login", "/mapi/g"


class PublicServicePortal:
    """Reads a request into a call of the portal, or of a ministry's system beside it."""

    def __init__(self, universe: "Universe") -> None:
        self._universe = universe

    def read(self, request: Request) -> Call | Answer | None:
        """The call, an HTTP error of the way in, or None when the path is another wire's."""
        path = request.path
        if forwarding.is_forwarded(path):
            path = forwarding.inner_path(path)
            if error := forwarding.adapter_error(request, self._universe.settings.provider):
                return error
        is_ministry = path.startswith(f"{ministry.BASE}/")
        path = path.removeprefix(ministry.BASE)
        if not path.startswith("/mapi/"):
            return None
        if path not in (_LOGIN_PATH, _CALL_PATH):
            return json_answer({"error_code": GENERIC, "message": "Không có địa chỉ này"}, 404)
        if request.method != "POST":
            return json_answer({"error_code": GENERIC, "message": "Chỉ nhận POST"}, 405)
        serve = self._serve_ministry if is_ministry else self._serve
        return self._call(request.body, self._login if path == _LOGIN_PATH else serve)

    def _call(self, body: bytes, act: Callable[[Content], Content]) -> Call:
        try:
            content = from_json(body)
        except ValueError:
            content = None
        content = content if isinstance(content, dict) else None
        service = (content or {}).get("service")
        operation = service if isinstance(service, str) and service in KNOWN else "g"
        login = act == self._login
        caller = (content or {}).get("username" if login else "madonvi")
        return Call(
            Axis.DVCQG,
            LOGIN if login else operation,
            caller=caller if isinstance(caller, str) else "",
            kind=Body.JSON,
            body=body,
            answer=partial(self._answer, act, content),
        )

    def _answer(self, act: Callable[[Content], Content], content: Content | None) -> Answer:
        code, told = 0, {"message": "Thành công"}
        try:
            told |= act(_object(content))
        except ValidationError as wrong:
            refusal = invalid(wrong)
            code, told = refusal.code, {"message": refusal.message}
        except PortalRefusalError as refusal:
            code, told = refusal.code, {"message": refusal.message}
        shown = str(code) if self._universe.settings.error_code_form == "text" else code
        return json_answer({"error_code": shown, **told})

    def _login(self, content: Content) -> Content:
        given = calls.Login.model_validate(content)
        now = self._universe.clock.now()
        session = self._universe.sessions.open(given.username, given.password, now)
        if session is None:
            raise PortalRefusalError("Tên đăng nhập hoặc mật khẩu không đúng")
        return {"message": "Đăng nhập thành công", "session": session}

    def _serve(self, content: Content) -> Content:
        shape, act = SERVICES[self._service(content, SERVICES)]
        shape.model_validate(content)
        result = act(self._universe, content)
        return {} if result is None else {"result": result}

    def _serve_ministry(self, content: Content) -> Content:
        shape, act = ministry.SERVICES[self._service(content, ministry.SERVICES)]
        shape.model_validate(content)
        return act(self._universe, content)

    def _service(self, content: Content, known: Collection[str]) -> str:
        """The service that is called under a session in force."""
        session, service = content.get("session"), content.get("service")
        now = self._universe.clock.now()
        if not isinstance(session, str) or not self._universe.sessions.alive(session, now):
            code = self._universe.settings.session_error_code
            raise PortalRefusalError("Phiên làm việc không đúng hoặc đã hết hạn", code)
        if not isinstance(service, str) or service not in known:
            raise PortalRefusalError("Không có dịch vụ này")
        return service


def _object(content: Content | None) -> Content:
    if content is None:
        raise PortalRefusalError("Nội dung không phải một đối tượng JSON")
    return content
