"""Request bodies that may be large: laid on a spool as they arrive, forms part by part."""

import hashlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from python_multipart import MultipartParser
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import parse_options_header

from app.platform.contents import Content
from app.platform.errors import MalformedError
from app.platform.spools import Spool

if TYPE_CHECKING:
    from python_multipart.multipart import MultipartCallbacks

NAME_LENGTH: Final = 255
"""Characters that the name of a file may have."""

_FIELD_BYTES: Final = 1024 * 1024
"""A part without a file name is held in memory by whoever reads it."""


class NotAFormError(MalformedError):
    """The body is not the multipart form that its media type promises."""

    slug = "not-a-form"
    title = "Nội dung không phải biểu mẫu nhiều phần"
    title_en = "The body is not a multipart form"

    def __init__(self) -> None:
        super().__init__(
            "Không đọc được biểu mẫu multipart/form-data, hoặc có quá nhiều phần.",
            "The multipart/form-data body cannot be read, or has too many parts.",
        )


@dataclass(frozen=True, slots=True)
class FormPart:
    """One part of a form; a file has a file name, which may be empty."""

    name: str
    file_name: str | None
    content: Content

    @property
    def plain_name(self) -> str:
        """The file's name without the folders some browsers send; "" where it is unusable."""
        name = (self.file_name or "").replace("\\", "/").rpartition("/")[2].strip()
        return name if len(name) <= NAME_LENGTH and name.isprintable() else ""


@dataclass(frozen=True, slots=True)
class Form:
    """The parts in their order, and the SHA-256 of the whole body in hex."""

    parts: tuple[FormPart, ...]
    digest: str

    def named(self, name: str) -> list[FormPart]:
        """Return the parts of one name."""
        return [part for part in self.parts if part.name == name]


async def read_form(
    body: AsyncIterator[bytes], media_type: str, spool: Spool, *, at_most: int
) -> Form:
    """Read a multipart form of at most so many parts as it arrives.

    `media_type` is the whole Content-Type.

    Raises:
        NotAFormError: if it is none, or has more parts.
        DiskFullError: if the spool finds no room.
    """
    _, parameters = parse_options_header(media_type)
    reader = _Reader(spool, at_most)
    digest = hashlib.sha256()
    try:
        parser = MultipartParser(parameters.get(b"boundary", b""), reader.callbacks())
        async for piece in body:
            digest.update(piece)
            parser.write(piece)
    except FormParserError:
        raise NotAFormError from None
    if not reader.is_over or b"boundary" not in parameters:
        raise NotAFormError
    return Form(tuple(reader.parts), digest.hexdigest())


async def read_body(body: AsyncIterator[bytes], spool: Spool) -> Content:
    """Read a body as it arrives.

    Raises:
        DiskFullError: if the spool finds no room.
    """
    async for piece in body:
        spool.write(piece)
    return spool.complete()


@dataclass(slots=True)
class _Reader:
    spool: Spool
    at_most: int
    parts: list[FormPart] = field(default_factory=list)
    is_over: bool = False
    _header: bytearray = field(default_factory=bytearray)
    _value: bytearray = field(default_factory=bytearray)
    _disposition: str = ""
    _name: str = ""
    _file_name: str | None = None

    def callbacks(self) -> "MultipartCallbacks":
        return {
            "on_header_field": lambda data, start, end: self._header.extend(data[start:end]),
            "on_header_value": lambda data, start, end: self._value.extend(data[start:end]),
            "on_header_end": self._end_header,
            "on_headers_finished": self._begin_part,
            "on_part_data": self._take,
            "on_part_end": self._end_part,
            "on_end": self._end,
        }

    def _end_header(self) -> None:
        if self._header.lower() == b"content-disposition":
            self._disposition = self._value.decode("latin-1")
        self._header.clear()
        self._value.clear()

    def _begin_part(self) -> None:
        _, options = parse_options_header(self._disposition)
        if b"name" not in options or len(self.parts) == self.at_most:
            raise NotAFormError
        self._name = _text_of(options[b"name"])
        said = options.get(b"filename")
        self._file_name = None if said is None else _text_of(said)
        self._disposition = ""

    def _take(self, data: bytes, start: int, end: int) -> None:
        if self._file_name is None and self.spool.taken + end - start > _FIELD_BYTES:
            raise NotAFormError
        self.spool.write(memoryview(data)[start:end])

    def _end_part(self) -> None:
        self.parts.append(FormPart(self._name, self._file_name, self.spool.complete()))

    def _end(self) -> None:
        self.is_over = True


def _text_of(raw: bytes) -> str:
    """Return a name in UTF-8, or as it is where it is not."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")
