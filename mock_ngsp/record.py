"""The record of every request the nation got, kept in bounded memory."""

import json
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from mock_ngsp.wire import Axis, Body, Call

_HIDDEN = frozenset(
    {
        "session",
        "password",
        "accesstoken",
        "lgspaccesstoken",
        "authhash",
        "authkey",
        "apikey",
        "apipass",
    }
)
_PREFIX = "XroadVnpt-"


@dataclass(frozen=True, slots=True)
class Entry:
    """One request; its body is kept as it came and made fit to show only when asked for."""

    number: int
    at: datetime
    call: Call
    http_status: int | None
    fault: str | None

    def shown(self) -> dict[str, object]:
        """The entry as the control API gives it, without secret, password or session."""
        return {
            "id": str(self.number),
            "at": self.at.isoformat(),
            "axis": self.call.axis.value,
            "operation": self.call.operation,
            "caller": self.call.caller,
            "http_status": self.http_status,
            "fault": self.fault,
            "body": _shown(self.call.kind, self.call.body),
        }


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries to list: of which axis and operation, after which number, how many."""

    axis: Axis | None = None
    operation: str | None = None
    after: int = 0
    limit: int = 100

    def holds(self, entry: Entry) -> bool:
        """Tell whether the entry is of this axis and operation."""
        return (self.axis is None or entry.call.axis is self.axis) and (
            self.operation is None or entry.call.operation == self.operation
        )


class Record:
    """The newest requests, oldest first; numbers grow for the life of the process."""

    def __init__(self, entries: int, body_bytes: int) -> None:
        self._entries: deque[Entry] = deque()
        self._most, self._most_bytes = entries, body_bytes
        self._bytes = 0
        self._last = 0
        self.dropped = 0

    def __len__(self) -> int:
        return len(self._entries)

    def add(self, at: datetime, call: Call, http_status: int | None, fault: str | None) -> None:
        """Append one request; the oldest leave when the limits are reached."""
        self._last += 1
        self._entries.append(Entry(self._last, at, call, http_status, fault))
        self._bytes += len(call.body)
        while len(self._entries) > self._most or self._bytes > self._most_bytes:
            self._bytes -= len(self._entries.popleft().call.body)
            self.dropped += 1

    def clear(self) -> None:
        """Forget all; the numbers go on, so an old cursor stays harmless."""
        self._entries.clear()
        self._bytes = self.dropped = 0

    def page(self, wanted: Wanted) -> tuple[list[Entry], int | None]:
        """The wanted entries, and the number to go on after when there are more."""
        found = list(islice(self._matching(wanted), wanted.limit + 1))
        if len(found) <= wanted.limit:
            return found, None
        del found[wanted.limit]
        return found, found[-1].number

    def _matching(self, wanted: Wanted) -> Iterator[Entry]:
        first = self._entries[0].number if self._entries else 0
        rest = islice(self._entries, max(0, wanted.after + 1 - first), None)
        return (entry for entry in rest if wanted.holds(entry))


def _shown(kind: Body, body: bytes) -> str:
    if kind in {Body.EDXML, Body.XML}:
        return body.removesuffix(b"\r\n").decode("utf-8", "replace")
    try:
        content = json.loads(body) if body else {}
        if kind is Body.SIGNED and isinstance(content, dict):
            content = {name.removeprefix(_PREFIX): value for name, value in content.items()}
        return json.dumps(_without_secrets(content), ensure_ascii=False)
    except (ValueError, RecursionError):
        return f"(not JSON: {len(body)} bytes)"


def _without_secrets(content: object) -> object:
    if isinstance(content, dict):
        return {
            name: "***" if name.lower() in _HIDDEN else _without_secrets(value)
            for name, value in content.items()
        }
    if isinstance(content, list):
        return [_without_secrets(value) for value in content]
    return content
