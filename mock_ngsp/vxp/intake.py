"""A sendEdoc whose body is arriving: hashed while it comes, and put away if it is large."""

import hashlib
from collections.abc import Iterator

from mock_ngsp.settings import Settings
from mock_ngsp.spool import Folder
from mock_ngsp.systems import System
from mock_ngsp.vxp.bodies import Passing, Whole
from mock_ngsp.vxp.refusals import AxisRefusalError, Refusal
from mock_ngsp.vxp.signing import Parameters

_END = b"\r\n"
_SHOWN = 65_536


class BodyHash:
    """SHA-256 of a body as it arrives, with and without the CRLF that the kit appends."""

    def __init__(self) -> None:
        self._hash = hashlib.sha256()
        self._last = b""

    def update(self, part: bytes) -> None:
        """Take the next part; the last two bytes wait until it is known whether more comes."""
        if len(part) < len(_END):
            part = self._last + part
        else:
            self._hash.update(self._last)
        self._hash.update(memoryview(part)[: -len(_END)])
        self._last = part[-len(_END) :]

    def match(self, claimed: str) -> tuple[bytes, int]:
        """The file's digest, and how many bytes stand behind the file.

        `claimed` is its SHA-256 in hex, each byte with or without its leading zero.

        Raises:
            AxisRefusalError: if the hash is absent or of something else.
        """
        claimed = claimed.strip().lower()
        for digest, behind in self._candidates():
            if claimed == digest.hex() or claimed == "".join([f"{byte:x}" for byte in digest]):
                return digest, behind
        raise AxisRefusalError(Refusal.WRONG_HASH)

    def _candidates(self) -> Iterator[tuple[bytes, int]]:
        if self._last == _END:
            yield self._hash.digest(), len(_END)
        whole = self._hash.copy()
        whole.update(self._last)
        yield whole.digest(), 0


class Intake:
    """One body; refused before it came, it is read to its end and forgotten."""

    def __init__(
        self,
        settings: Settings,
        folder: Folder,
        caller: tuple[System, Parameters] | AxisRefusalError,
    ) -> None:
        self.hash = BodyHash()
        self.caller = ""
        self._admitted = caller
        self._settings = settings
        self._folder = folder
        self._size = 0
        self._begin = b""
        self._wrong: AxisRefusalError | None = None
        self._passing: Passing | None = None

    def write(self, part: bytes) -> None:
        """Take the next part of the body."""
        before = self._begin
        self._size += len(part)
        if (missing := _SHOWN - len(before)) > 0:
            self._begin += part[:missing]
        if isinstance(self._admitted, AxisRefusalError):
            return
        self.hash.update(part)
        if self._wrong is None and self._size > min(_SHOWN, self._settings.memory_bytes):
            self._pass_on(before, part)

    def _pass_on(self, before: bytes, part: bytes) -> None:
        """Take a large body apart; `before` is all that came so far, if that was little."""
        if self._passing is None:
            self._passing = Passing(self._settings, self._folder)
            part = before + part
        try:
            self._passing.write(part)
        except AxisRefusalError as wrong:
            self._wrong = wrong

    def shown(self) -> bytes:
        """The body for the record: the whole of a small one, the beginning of a large one."""
        if self._size <= _SHOWN:
            return self._begin
        return self._begin + b"\n(... %d bytes in all)" % self._size

    def admitted(self) -> tuple[System, Parameters]:
        """Who sends, with which parameters.

        Raises:
            AxisRefusalError: refused before the body came.
        """
        if isinstance(self._admitted, AxisRefusalError):
            raise self._admitted
        return self._admitted

    def body(self) -> Whole | Passing:
        """The packet's bytes, now that all have come.

        Raises:
            AxisRefusalError: what was wrong with them while they came.
        """
        if self._wrong is not None:
            raise self._wrong
        return self._passing or Whole(self._settings, self._begin)

    def close(self) -> None:
        """Forget what was not taken over; the record keeps the call, but shows only its body."""
        if self._passing is not None:
            self._passing.close()
        del self.hash, self._admitted, self._passing
