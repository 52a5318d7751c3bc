"""From the text of a packet to the bytes it encodes, a piece at a time."""

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from app.exchange.vxp.edxml import errors
from app.exchange.vxp.edxml.skeleton import Cut, Skeleton
from app.platform.contents import Content, Reader, encoded_size, pieces, within
from app.platform.spools import Spool

_SPACE: Final = b" \t\r\n\v\f"
_REFERENCE: Final = re.compile(rb"&#[^;]*;")
_STEP: Final = 768 * 1024
_GROUP: Final = 4


@dataclass(frozen=True, slots=True)
class Sent:
    """A file as it travelled, before anybody looks whether a zip is around it.

    `cut` is where its text stood, if encoding the bytes gives that text again.
    """

    content: Content
    cut: Cut | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A packet that is being read: its skeleton, its bytes, and where decoded bytes go."""

    skeleton: Skeleton
    read: Reader
    spool: Spool

    def decode(self, text: str, path: str) -> Sent:
        """Return what an element's text encodes.

        Raises:
            UndecodableAttachmentError: if it is not base64.
        """
        stretches = list(self.skeleton.stretches(text))
        decoder = _Decoder(self.spool)
        try:
            for one in stretches:
                for piece in self._letters(one):
                    decoder.take(piece)
            decoder.finish()
        except ValueError:
            raise errors.UndecodableAttachmentError(path) from None
        content = self.spool.complete()
        cut = stretches[0] if len(stretches) == 1 else None
        is_exact = isinstance(cut, Cut) and self._gives(cut, content)
        return Sent(content, cut if isinstance(cut, Cut) and is_exact else None)

    def _letters(self, stretch: str | Cut) -> Iterator[bytes]:
        if isinstance(stretch, str):
            yield "".join(stretch.split()).encode("ascii")
            return
        tail = b""
        for piece in pieces(self._within(stretch), stretch.end - stretch.start, _STEP):
            letters = tail + piece
            at = letters.rfind(b"&", max(len(letters) - len("&#x20;"), 0))
            cut = len(letters) if at < 0 or b";" in letters[at:] else at
            letters, tail = letters[:cut], letters[cut:]
            letters = letters.translate(None, _SPACE)
            yield _REFERENCE.sub(b"", letters) if b"&" in letters else letters

    def _gives(self, cut: Cut, content: Content) -> bool:
        """Tell whether the base64 of the content is the text of the cut.

        A text of that length has nothing but the letters, and only the last group of them can
        be spelled in two ways.
        """
        if not content.size or cut.end - cut.start != encoded_size(content.size):
            return False
        last = content.read((content.size - 1) // 3 * 3, 3)
        return self.read(cut.end - _GROUP, _GROUP) == binascii.b2a_base64(last, newline=False)

    def _within(self, cut: Cut) -> Reader:
        return within(self.read, cut.start, cut.end - cut.start)


class _Decoder:
    """Decodes whole groups and keeps the rest for the next piece."""

    def __init__(self, spool: Spool) -> None:
        self._spool = spool
        self._rest = b""
        self._is_over = False

    def take(self, letters: bytes) -> None:
        letters = self._rest + letters
        whole = len(letters) // _GROUP * _GROUP
        self._rest = letters[whole:]
        self._decode(letters[:whole])

    def finish(self) -> None:
        self._decode(self._rest)

    def _decode(self, letters: bytes) -> None:
        if not letters:
            return
        if self._is_over:
            raise ValueError("letters behind the padding")
        self._spool.write(binascii.a2b_base64(letters, strict_mode=True))
        self._is_over = letters.endswith(b"=")
