"""The vendor's Java kit as it is seen on the wire (vxp.md §1.2 and §1.3), its quirks included."""

import hashlib
import hmac
import json
import re
from typing import Self
from urllib.parse import urlsplit

from tests.wires import vxp_reactions as reactions
from tests.wires.http_bytes import Heard, Line
from tests.wires.vxp_reactions import Seen

OLD_TIMESTAMP = "21112026T225657+0039"
"""Days old, as in a client that has been running for days; the last four digits are no zone."""

_JSON, _OCTETS = "application/json", "application/octet-stream"
_UNQUOTED = re.compile(r'(?<=[:,{])\s*([A-Za-z0-9][^"\s,:{}\[\]]*)\s*(?=[:,}])')


class Kit:
    """One service object: a map of headers that is never cleared, connections never closed."""

    def __init__(
        self, base: str, system_id: str, secret: str, *, timestamp: str = OLD_TIMESTAMP
    ) -> None:
        self.headers: dict[str, str] = {}
        self.written: list[bytes] = []
        self.heard: list[Heard] = []
        self._base = base
        self._system_id = system_id
        self._secret = secret.encode()
        self._timestamp = timestamp
        self._lines: list[Line] = []

    def send_edoc(self, file: bytes, **given: str) -> Seen:
        """Send a file; the kit hashes it and appends a line end that it does not hash."""
        given["hash-file"] = unpadded(file)
        body = self._by_jdk("sendEdoc", file + b"\r\n", given)
        return reactions.of_send(body)

    def get_received_edoc_list(self, **given: str) -> Seen:
        """What waits for this system."""
        return reactions.of_received_list(self._by_apache("getReceivedEdocList", b"", given))

    def get_sent_edoc_list(self, **given: str) -> Seen:
        """What this system sent, and how it fares."""
        return reactions.of_list(self._by_apache("getSentEdocList", b"", given))

    def get_edoc(self, **given: str) -> Seen:
        """One package out of a JSON answer."""
        return reactions.of_package(self._by_apache("getEdoc", b"{}", given))

    def download_edoc(self, **given: str) -> Seen:
        """One package as it is: the only GET."""
        return reactions.of_download(self._by_apache("downloadEdoc", None, given))

    def update_status(self, text: str) -> Seen:
        """Acknowledge; the caller's JSON often has its uuid unquoted, and is read leniently."""
        given = json.loads(_UNQUOTED.sub(r'"\1"', text))
        return reactions.of_plain(self._by_apache("updateStatus", b"{}", given))

    def count_receive_edoc(self, **given: str) -> Seen:
        """How many documents wait: POST, whatever the kit's own code calls it."""
        return reactions.of_count(self._by_apache("countReceiveEdoc", b"{}", given))

    def count_receive_status(self, **given: str) -> Seen:
        """How many statuses wait."""
        return reactions.of_count(self._by_apache("countReceiveStatus", b"{}", given))

    def get_agencies_list(self) -> Seen:
        """The whole directory in one answer."""
        return reactions.of_list(self._by_apache("getAgenciesList", b"", {}))

    def get_agencies_list_qd20(self) -> Seen:
        """The directory by the newer codes."""
        return reactions.of_list(self._by_apache("getAgenciesListQD20", b"", {}))

    def get_synchronize_unit(self) -> Seen:
        """The directory as a tree."""
        return reactions.of_list(self._by_apache("getSynchronizeUnit", b"", {}))

    def register_agency(self, unit: dict[str, str]) -> Seen:
        """Register a unit: the only JSON body that says something."""
        body = json.dumps(unit, ensure_ascii=False).encode()
        return reactions.of_plain(self._by_apache("registerAgency", body, {}))

    def delete_agency(self, **given: str) -> Seen:
        """Delete a unit."""
        return reactions.of_plain(self._by_apache("deleteAgency", b"{}", given))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        for line in self._lines:
            line.close()

    def _by_apache(self, operation: str, body: bytes | None, given: dict[str, str]) -> bytes:
        """Apache's client: both spellings of a name are lines of their own, a body waits."""
        lines = self._signed(given, _JSON)
        if body is not None:
            lines.append(("Content-Length", str(len(body))))
        lines += [("Host", self._netloc), ("Connection", "Keep-Alive")]
        if body:
            lines.append(("Expect", "100-continue"))
        lines.append(("Accept-Encoding", "gzip,deflate"))
        method = "GET" if body is None else "POST"
        return self._exchange(_head(method, self._path(operation), lines), body or b"", bool(body))

    def _by_jdk(self, operation: str, body: bytes, given: dict[str, str]) -> bytes:
        """The JDK's client: names that differ in case only are one line, with the last value."""
        lines: dict[str, tuple[str, str]] = {}
        for name, value in self._signed(given, _OCTETS):
            first, _ = lines.get(name.lower(), (name, ""))
            lines[name.lower()] = first, value
        rest = [("Host", self._netloc), ("Connection", "keep-alive")]
        rest.append(("Content-Length", str(len(body))))
        head = _head("POST", self._path(operation), [*lines.values(), *rest])
        return self._exchange(head, body, expects=False)

    def _signed(self, given: dict[str, str], content_type: str) -> list[tuple[str, str]]:
        """The map as lines, what is signed, and the fixed lines behind them."""
        self.headers.setdefault("systemid", self._system_id)
        self.headers.update(given)
        self.headers.setdefault("timestamp", self._timestamp)
        self.headers["Content-Type"] = content_type
        lines = [(f"XroadVnpt-{name}", value) for name, value in self.headers.items()]
        signed = json.dumps(dict(lines), separators=(",", ":"), ensure_ascii=False)
        signature = hmac.new(self._secret, signed.encode(), hashlib.sha256).hexdigest()
        return [
            *lines,
            ("XroadVnpt-sign-header-key", ";".join(self.headers)),
            ("XroadVnpt-sign-header", signed),
            ("XroadVnpt-hash-header", signature),
            ("XroadVnpt-version", "3.0.201608"),
            ("Content-Type", content_type),
            ("User-Agent", "JAVASDKAgent/1.0.0 XRoad/VPCP"),
        ]

    def _exchange(self, head: bytes, body: bytes, expects: bool) -> bytes:  # noqa: FBT001
        host, _, port = self._netloc.partition(":")
        line = Line(host, int(port or "80"))
        self._lines.append(line)
        self.written.append(head + body)
        self.heard.append(line.exchange(head, body, expects=expects))
        return self.heard[-1].body

    @property
    def _netloc(self) -> str:
        return urlsplit(self._base).netloc

    def _path(self, operation: str) -> str:
        return urlsplit(f"{self._base}/{operation}").path


def unpadded(file: bytes) -> str:
    """SHA-256 in hex, each byte printed without its leading zero."""
    return "".join(f"{byte:x}" for byte in hashlib.sha256(file).digest())


def _head(method: str, path: str, lines: list[tuple[str, str]]) -> bytes:
    """Letters outside ASCII become `?`, after they were signed."""
    written = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in lines)]
    return "\r\n".join([*written, "", ""]).encode("ascii", "replace")
