"""The decision once more, by another hand and from the issue's text alone.

Only registered contexts match, the version may be left out; a grant is consumer x service x
operation (method and path pattern), deny by default, with an expiry; and a path cannot be talked
around: it is allowed only if every way in which some server may read it is the same way.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

HEX = "0123456789abcdefABCDEF"
LEGAL = re.compile(rb"(?:[A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2})*")
KNOWN = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")


@dataclass
class Entry:
    """A version as the test registered it: operations are (method, pattern)."""

    code: str
    version: str
    context: str
    operations: list[tuple[str, str]]
    is_default: bool = False
    is_served: bool = True
    open_to: tuple[str, ...] = ("H38",)


@dataclass
class Leave:
    """A grant as the test gave it; `operations` None for all of them."""

    client: str
    code: str
    version: str
    operations: list[tuple[str, str]] | None
    until: datetime
    is_stopped: bool = False


@dataclass
class Book:
    """Everything that the test registered and gave; clients by the first level of their member."""

    entries: list[Entry] = field(default_factory=list)
    leaves: list[Leave] = field(default_factory=list)
    members: dict[str, str] = field(default_factory=dict)

    def allows(self, client: str, method: str, target: bytes, now: datetime) -> bool:
        path = target.split(b"?", 1)[0]
        if not LEGAL.fullmatch(path) or not path.startswith(b"/"):
            return False
        context, *behind = path[1:].split(b"/")
        entries = [one for one in self.entries if one.context.encode() == context]
        if not entries:
            return False
        entry, behind = _entry(entries, behind)
        if entry is None or not entry.is_served or self.members[client] not in entry.open_to:
            return False
        segments = _only_reading(behind)
        if segments is None:
            return False
        operation = _operation(entry, method, segments)
        return operation is not None and any(
            leave.operations is None or operation in leave.operations
            for leave in self.leaves
            if (leave.client, leave.code, leave.version) == (client, entry.code, entry.version)
            and now < leave.until
            and not leave.is_stopped
        )


def _entry(entries: list[Entry], behind: list[bytes]) -> tuple[Entry | None, list[bytes]]:
    """Return the version that is meant and what stands behind it; None if that is in doubt."""
    if behind:
        for one in entries:
            if one.version.encode() == behind[0]:
                return one, behind[1:]
        disguised = lenient(_decoded(behind[0]) or "")
        if disguised in {lenient(one.version) for one in entries}:
            return None, behind
    default = [one for one in entries if one.is_default]
    return (default[0] if default else None), behind


def _only_reading(behind: list[bytes]) -> list[str] | None:
    """Return the decoded segments if every reader would find just these; None otherwise."""
    if len(b"/".join(behind)) >= 2000:
        return None
    segments = []
    for number, raw in enumerate(behind):
        text = _decoded(raw)
        if text is None or any(other != text for other in _other_readings(text)):
            return None
        is_last = number == len(behind) - 1
        if text == "" and not is_last:
            return None  # Readers that merge slashes find other segments.
        if text != "" and lenient(text) in {"", ".", ".."}:
            return None
        segments.append(text)
    return segments


def _other_readings(text: str) -> Iterator[str]:
    """Yield how other readers may read a segment that was decoded once."""
    again = _decoded(text.encode())
    yield "" if again is None else again
    for cut in ";?#\0":
        yield text.split(cut, maxsplit=1)[0]
    for slash in "/\\":
        yield text.rsplit(slash, maxsplit=1)[-1]
    yield "".join(sign for sign in text if _is_seen(sign))


def _is_seen(sign: str) -> bool:
    return sign == " " or unicodedata.category(sign)[0] not in "CZ"


def _decoded(raw: bytes) -> str | None:
    """Decode escapes once, by hand; a percent sign that begins none stays. None if no UTF-8."""
    out, at = bytearray(), 0
    while at < len(raw):
        pair = raw[at + 1 : at + 3].decode("latin-1")
        if raw[at : at + 1] == b"%" and len(pair) == 2 and all(one in HEX for one in pair):
            out.append(int(pair, 16))
            at += 3
        else:
            out.append(raw[at])
            at += 1
    try:
        return out.decode()
    except UnicodeDecodeError:
        return None


def lenient(text: str) -> str:
    """Return a segment as readers have it that mind neither case nor width nor final dots."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    while plain and plain[-1] in ". ":
        plain = plain[:-1]
    return plain


class _Node:
    """A tree of patterns: below each segment its letters, one name, and the rest."""

    def __init__(self) -> None:
        self.letters: dict[str, _Node] = {}
        self.name: _Node | None = None
        self.rest: set[str] = set()
        self.ends: set[str] = set()

    def plant(self, pattern: str, *, as_lenient: bool) -> None:
        node = self
        parts = [] if pattern == "*" else pattern.removesuffix("/*").split("/")[1:]
        if as_lenient and parts and parts[-1] == "":
            parts.pop()
        for part in parts:
            if part.startswith("{"):
                node.name = node.name or _Node()
                node = node.name
            else:
                key = lenient(part) if as_lenient else part
                node = node.letters.setdefault(key, _Node())
        is_open = pattern == "*" or pattern.endswith("/*")
        (node.rest if is_open else node.ends).add(pattern)

    def find(self, segments: list[str]) -> set[str]:
        """Return the most specific patterns of a path: letters first, then names, then the rest."""
        if not segments:
            return self.ends or self.rest
        first, *others = segments
        if first in self.letters and (found := self.letters[first].find(others)):
            return found
        if first and self.name is not None and (found := self.name.find(others)):
            return found
        return self.rest


def _operation(entry: Entry, method: str, segments: list[str]) -> tuple[str, str] | None:
    strict, soft = _Node(), _Node()
    for _, pattern in entry.operations:
        strict.plant(pattern, as_lenient=False)
        soft.plant(pattern, as_lenient=True)
    found = strict.find(segments)
    shortened = segments[:-1] if segments and segments[-1] == "" else segments
    if not found or not found & soft.find([lenient(one) for one in shortened]):
        return None  # A lenient server would do something else.
    pattern = next(iter(found))
    for wanted in (method, "*"):
        if (wanted, pattern) in entry.operations and method in KNOWN:
            return wanted, pattern
    return None
