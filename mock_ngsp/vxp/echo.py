"""Writes elements as the axis does while they are still being read (vxp.md §3).

No prefixes except that of ContentTransferEncoded, no comments, empty elements collapsed, CRLF.
"""

from collections.abc import Callable
from functools import lru_cache
from xml.sax.saxutils import escape

from lxml import etree

from mock_ngsp.vxp.edxml import NAMESPACE

_PREFIXED = "ContentTransferEncoded"
_PREFIX = "edXML"
_HELD = 65_536
_IN_TEXT = (
    (b"&", b"&amp;"),
    (b"<", b"&lt;"),
    (b">", b"&gt;"),
    (b"\r", b"&#13;"),
    (b"\n", b"\r\n"),
)
_IN_ATTRIBUTES = {'"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}


class Echo:
    """Elements in, text out; attributes come as expat gives them: `uri local prefix`, value, …."""

    def __init__(self, default: str) -> None:
        self._defaults = [default]
        self._ends: list[bytes] = []
        self._is_open = False
        self._held = bytearray()

    def flush(self, write: Callable[[bytes], None]) -> None:
        """Hand over what was written since the last time."""
        write(bytes(self._held))
        self._held.clear()

    def start(self, uri: str, local: str, attributes: list[str]) -> None:
        """Begin an element; its `>` waits for what follows."""
        if self._is_open:
            self._held += b">"
        begin, end, default = _tags(uri, local, self._defaults[-1])
        self._held += begin
        if attributes:
            self._held += _attributes(attributes)
        self._ends.append(end)
        self._defaults.append(default)
        self._is_open = True

    def text(self, text: bytes) -> bool:
        """Write UTF-8 text inside the element that was begun last; tell whether to hand over."""
        if self._is_open:
            self._held += b">"
            self._is_open = False
        for letter, written in _IN_TEXT:
            if letter in text:  # To look is many times quicker than to replace nothing.
                text = text.replace(letter, written)
        self._held += text
        return len(self._held) >= _HELD

    def end(self) -> None:
        """End the element that was begun last."""
        self._defaults.pop()
        end = self._ends.pop()
        self._held += b"/>" if self._is_open else end
        self._is_open = False

    def element(self, element: etree._Element) -> None:
        """Write a whole element that has been read already; what stands behind it is left out."""
        for event, one in etree.iterwalk(element, events=("start", "end")):
            if event == "start":
                self.start(*_qualified(one.tag), _listed(one))
                behind = one.text
            else:
                self.end()
                behind = None if one is element else one.tail
            if behind:
                self.text(behind.encode())


def _listed(element: etree._Element) -> list[str]:
    """Return attributes as expat gives them."""
    return [
        text
        for name, value in element.items()
        for text in (" ".join(filter(None, _qualified(str(name)))), str(value))
    ]


@lru_cache(maxsize=1_000)
def _qualified(name: str) -> tuple[str, str]:
    """Namespace and local name of a name as lxml gives it."""
    uri, brace, local = name.removeprefix("{").partition("}")
    return (uri, local) if brace else ("", name)


@lru_cache(maxsize=1_000)
def named(name: str) -> tuple[str, str]:
    """Namespace and local name, the former empty for none."""
    uri, _, rest = name.partition(" ")
    return (uri, rest.partition(" ")[0]) if rest else ("", name)


@lru_cache(maxsize=1_000)
def _tags(uri: str, local: str, default: str) -> tuple[bytes, bytes, str]:
    """The begin of an element without its `>`, its end, and the default namespace inside it."""
    if (uri, local) == (NAMESPACE, _PREFIXED):
        tag = f"{_PREFIX}:{local}"
        return f'<{tag} xmlns:{_PREFIX}="{uri}"'.encode(), f"</{tag}>".encode(), default
    declared = "" if uri == default else f' xmlns="{escape(uri, _IN_ATTRIBUTES)}"'
    return f"<{local}{declared}".encode(), f"</{local}>".encode(), uri


def _attributes(given: list[str]) -> bytes:
    pairs = zip(given[::2], given[1::2], strict=True)
    return "".join(_attribute(number, *pair) for number, pair in enumerate(pairs)).encode()


def _attribute(number: int, name: str, value: str) -> str:
    text = escape(value, _IN_ATTRIBUTES)
    uri, local = named(name)
    if not uri:
        return f' {local}="{text}"'
    if uri == "http://www.w3.org/XML/1998/namespace":
        return f' xml:{local}="{text}"'
    return f' xmlns:a{number}="{escape(uri, _IN_ATTRIBUTES)}" a{number}:{local}="{text}"'
