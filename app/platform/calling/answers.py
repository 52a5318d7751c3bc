"""Reading one answer strictly, while it arrives."""

from typing import Final, cast

from httptools import HttpParserError, HttpParserUpgrade, HttpResponseParser

from app.platform.calling.failing import UnreadableError

MOST_HEAD: Final = 64 * 1024
"""Bytes that the lines of an answer may have, trailers and interim answers included."""

_VERSIONS: Final = ("1.1", "1.0")
_SIGNS: Final = 4
_INTERIM: Final = 200
_SWITCHED: Final = 101
_BODILESS: Final = frozenset({204, 304})
_CONTENT_LENGTH: Final = b"content-length"
_TRANSFER_ENCODING: Final = b"transfer-encoding"


class Answer:
    """The answer to one request: status and lines once it `has_begun`, its body piece by piece.

    `length` is the body's as it was said, None if it was not. httptools refuses most of what is
    no HTTP; what it cannot know, because it does not see the request, is judged here.
    """

    __slots__ = (
        "_came",
        "_has_more",
        "_is_chunked",
        "_keeps",
        "_method",
        "_parser",
        "_pieces",
        "_size",
        "has_begun",
        "held",
        "is_whole",
        "length",
        "lines",
        "status",
    )

    def __init__(self, method: str) -> None:
        self.status = 0
        self.lines: list[tuple[bytes, bytes]] = []
        self.length: int | None = None
        self.has_begun = False
        self.is_whole = False
        self.held = 0
        self._method = method
        self._pieces: list[bytes] = []
        self._came = self._size = 0
        self._is_chunked = False
        self._keeps = False
        self._has_more = False
        self._parser: HttpResponseParser | None = HttpResponseParser(self)

    @property
    def keeps_connection(self) -> bool:
        """Whether it is whole and its connection good for another: nothing came behind it."""
        return self.is_whole and self._keeps and not self._has_more

    @property
    def has_news(self) -> bool:
        """Whether a piece is there, or the end is known."""
        return bool(self._pieces) or self.is_whole

    @property
    def is_at_end(self) -> bool:
        """Whether all of it came and was taken."""
        return self.is_whole and not self._pieces

    def take(self) -> bytes:
        """Return what is there of the body."""
        pieces = self._pieces
        if not pieces:
            return b""
        found = pieces[0] if len(pieces) == 1 else b"".join(pieces)
        self._pieces, self.held = [], 0
        return found

    def shown(self) -> bytes:
        """Return what is there of the body; it stays to be taken."""
        return b"".join(self._pieces)

    def feed(self, data: bytes) -> None:
        """Read what came.

        Raises:
            UnreadableError: if it is not as it has to be.
        """
        try:
            cast("HttpResponseParser", self._parser).feed_data(data)
        except (HttpParserError, HttpParserUpgrade) as error:
            if not self.is_whole:
                raise UnreadableError from error
            self._has_more = True
        if not self.has_begun:
            self._came += len(data)
            if self._came > MOST_HEAD:
                raise UnreadableError

    def forget(self) -> None:
        """Read no more; reader and parser know each other, and would wait for the collector."""
        self._parser = None

    def finish(self) -> None:
        """Read that the connection has ended well, which is the end of some answers."""
        if self.has_begun and self.length is None and not self._is_chunked:
            self.is_whole = True

    def on_message_begin(self) -> None:
        """Take note that one answer comes, and not another behind it."""
        self._has_more = self.is_whole

    def on_header(self, name: bytes, value: bytes) -> None:
        """Take a line; one behind the body stays here, as all that is of one hop."""
        self._size += len(name) + len(value) + _SIGNS
        if self._size > MOST_HEAD:
            raise UnreadableError
        if self.has_begun:
            return
        self.lines.append((name, value))
        if len(name) == len(_CONTENT_LENGTH) and name.lower() == _CONTENT_LENGTH:
            if self.length is not None or not value.isdigit():
                raise UnreadableError
            self.length = int(value)
        elif len(name) == len(_TRANSFER_ENCODING) and name.lower() == _TRANSFER_ENCODING:
            if self._is_chunked or value.lower() != b"chunked":
                raise UnreadableError
            self._is_chunked = True

    def on_headers_complete(self) -> None:
        """Judge the head; without a body the answer is whole now, whatever its lines say."""
        parser = cast("HttpResponseParser", self._parser)
        status = parser.get_status_code()
        is_framed = self._is_chunked or self.length is not None
        if self.is_whole:
            return
        if self._is_misread(parser.get_http_version()):
            raise UnreadableError
        if status < _INTERIM:
            if status == _SWITCHED or is_framed:
                raise UnreadableError
            self.lines.clear()
            return
        self.status, self.has_begun = status, True
        self._keeps = parser.should_keep_alive()
        self.is_whole = self._method == "HEAD" or status in _BODILESS

    def _is_misread(self, version: str) -> bool:
        """Tell whether a body has two ends, or a version of HTTP that does not know its one."""
        if self._is_chunked:
            return version != "1.1" or self.length is not None
        return version not in _VERSIONS

    def on_body(self, piece: bytes) -> None:
        """Take a piece of the body, unless there may be none."""
        if self.is_whole:
            self._has_more = True
            return
        self._pieces.append(piece)
        self.held += len(piece)

    def on_message_complete(self) -> None:
        """Take note of the end; that of an interim answer is none."""
        if self.is_whole and self._is_chunked:
            self._has_more = True  # The end of a body where none may be.
        self.is_whole = self.has_begun
