"""Files that lie at the portal; where the real ones lie is not known."""

from functools import partial

from mock_ngsp.wire import Answer, Axis, Body, Call, Request, json_answer

FOLDER = "/tep/"


class NationalFiles:
    """Every file since the last reset, by its path."""

    def __init__(self) -> None:
        self._held: dict[str, bytes] = {}

    def put(self, name: str, data: bytes) -> str:
        """Lay a file down and return its path."""
        self._held[FOLDER + name] = data
        return FOLDER + name

    def find(self, path: str) -> bytes | None:
        """The bytes of a file."""
        return self._held.get(path)

    def read(self, request: Request) -> Call | None:
        """A call for a file, or None when the path is another wire's."""
        if request.method != "GET" or not request.path.startswith(FOLDER):
            return None
        answer = partial(self._answer, request.path)
        return Call(Axis.DVCQG, "g", caller="", kind=Body.JSON, body=b"", answer=answer)

    def _answer(self, path: str) -> Answer:
        data = self.find(path)
        if data is None:
            return json_answer({"error_code": -1, "message": "Không có tệp này"}, 404)
        return Answer(data, content_type=b"application/octet-stream")
