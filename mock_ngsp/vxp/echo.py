"""Writes elements as the axis does while they are still being read (vxp.md §3).

No prefixes except that of ContentTransferEncoded, no comments, empty elements collapsed, CRLF.
"""

from collections.abc import Callable
from xml.sax.saxutils import escape

from mock_ngsp.vxp.edxml import NAMESPACE

_PREFIXED = "ContentTransferEncoded"
_PREFIX = "edXML"
_IN_TEXT = (
    (b"&", b"&amp;"),
    (b"<", b"&lt;"),
    (b">", b"&gt;"),
    (b"\r", b"&#13;"),
    (b"\n", b"\r\n"),
)
_IN_ATTRIBUTES = {'"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}


class Echo:
    """Elements in, text out; names come as expat gives them: `uri local prefix`."""

    def __init__(self, default: str) -> None:
        self._defaults = [default]
        self._tags: list[str] = []
        self._is_open = False
        self.write: Callable[[bytes], None] = _nowhere

    def start(self, name: str, attributes: list[str]) -> None:
        """Begin an element; its `>` waits for what follows."""
        self._settle()
        uri, local = _named(name)
        tag, declared = local, ""
        default = self._defaults[-1]
        if (uri, local) == (NAMESPACE, _PREFIXED):
            tag, declared = f"{_PREFIX}:{local}", f' xmlns:{_PREFIX}="{uri}"'
        elif uri != default:
            declared = f' xmlns="{escape(uri, _IN_ATTRIBUTES)}"'
            default = uri
        self._defaults.append(default)
        self._tags.append(tag)
        pairs = zip(attributes[::2], attributes[1::2], strict=True)
        written = "".join(_attribute(number, *pair) for number, pair in enumerate(pairs))
        self.write(f"<{tag}{declared}{written}".encode())
        self._is_open = True

    def text(self, text: bytes) -> None:
        """Write UTF-8 text inside the element that was begun last."""
        self._settle()
        for letter, written in _IN_TEXT:
            if letter in text:  # To look is many times quicker than to replace nothing.
                text = text.replace(letter, written)
        self.write(text)

    def end(self) -> None:
        """End the element that was begun last."""
        self._defaults.pop()
        tag = self._tags.pop()
        self.write(b"/>" if self._is_open else f"</{tag}>".encode())
        self._is_open = False

    def _settle(self) -> None:
        if self._is_open:
            self.write(b">")
            self._is_open = False


def _named(name: str) -> tuple[str, str]:
    uri, _, rest = name.partition(" ")
    return (uri, rest.partition(" ")[0]) if rest else ("", name)


def _attribute(number: int, name: str, value: str) -> str:
    text = escape(value, _IN_ATTRIBUTES)
    uri, local = _named(name)
    if not uri:
        return f' {local}="{text}"'
    if uri == "http://www.w3.org/XML/1998/namespace":
        return f' xml:{local}="{text}"'
    return f' xmlns:a{number}="{escape(uri, _IN_ATTRIBUTES)}" a{number}:{local}="{text}"'


def _nowhere(_data: bytes) -> None:
    """Before the first element there is nothing to write."""
