"""Paths as they are asked for, and patterns of operations that they are held against.

What is judged is what the service will read: each segment decoded once, and refused if that
leaves anything that could be decoded, or read, another way.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, Self, TypeVar
from urllib.parse import unquote

from app.platform.plain_paths import is_plain_path

LONGEST: Final = 2000
"""Bytes of a path at most, as the security guidance of X-Road has it."""

_ESCAPE: Final = re.compile(r"%[0-9A-Fa-f]{2}", re.ASCII)
_NAME: Final = re.compile(r"\{[A-Za-z_][A-Za-z0-9_.-]{0,63}\}", re.ASCII)
_REST: Final = "*"
_SIGNS: Final = re.compile(r"[%{}*]", re.ASCII)
_KEPT: Final = 4096


@dataclass(frozen=True, slots=True)
class PlainPath:
    """A path that means the same to everybody: as it was sent, and its decoded segments.

    The path of the service itself has no segment; one that ends in a slash has an empty last one.
    """

    raw: str
    segments: tuple[str, ...]
    lenient: tuple[str, ...] = field(compare=False, repr=False)
    """The segments as a lenient reader may take them: see `loose`."""


@lru_cache(maxsize=_KEPT)
def plain_path(raw: bytes) -> PlainPath | None:
    """Return a path, `b""` or one that begins with a slash; None if it cannot be trusted.

    It cannot if it is too long, climbs, hides a slash or another sign, has an empty segment
    before its end, a `%` that is no escape, or escapes that decode into escapes.
    """
    if len(raw) > LONGEST or not raw.isascii():
        return None
    text = raw.decode("ascii")
    if not is_plain_path(text):
        return None
    segments = []
    for segment in text.split("/")[1:]:
        decoded = unquote(segment)
        if "%" in _ESCAPE.sub("", segment) or _ESCAPE.search(decoded):
            return None
        if decoded and not loose(decoded):
            return None  # Only dots and blanks: some file systems take that for `.` or `..`.
        segments.append(decoded)
    return PlainPath(text, tuple(segments), tuple(map(loose, _trimmed(tuple(segments)))))


def loose(segment: str) -> str:
    """Return what a lenient reader may take a segment for: no case, width or trailing dots."""
    return unicodedata.normalize("NFKC", segment).casefold().rstrip(". ")


@dataclass(frozen=True, slots=True)
class PathPattern:
    """Which paths an operation has: `/danhSach/{id}`, `/files/*`, `*` for every path.

    `{name}` stands for one segment that is not empty, a `*` at the end for any number of them,
    none included. `""` is the path of the service itself.
    """

    text: str
    _exact: tuple[str | None, ...] = field(compare=False, repr=False)
    _loose: tuple[str | None, ...] = field(compare=False, repr=False)
    _has_rest: bool = field(compare=False, repr=False)

    @classmethod
    def read(cls, text: str) -> Self:
        """Read a pattern as it is written in a description.

        Raises:
            ValueError: if it is none.
        """
        whole = "/*" if text == _REST else text
        has_rest = whole.endswith("/*")
        bare = whole.removesuffix("/*")
        segments = tuple(None if _NAME.fullmatch(one) else one for one in bare.split("/")[1:])
        written = "".join("/x" if one is None else f"/{one}" for one in segments)
        is_path = not bare or bare.startswith("/")
        if not is_path or _SIGNS.search(written) or plain_path(written.encode()) is None:
            raise ValueError("segments, {names}, and * at the end only")
        lenient = tuple(None if one is None else loose(one) for one in _trimmed(segments))
        return cls(text, segments, lenient, has_rest)

    @property
    def rank(self) -> tuple[int, ...]:
        """What orders patterns of one path, the most specific first: letters, names, the rest."""
        ranks = tuple(1 if one is None else 0 for one in self._loose)
        return (*ranks, 2) if self._has_rest else ranks

    @property
    def shape(self) -> tuple[object, ...]:
        """What two patterns share that have the same paths, however their names are spelt."""
        return (*self._exact, self._has_rest)

    def matches(self, path: PlainPath) -> bool:
        """Tell whether a path is one of these, letter by letter."""
        return self._fits(self._exact, path.segments)

    def may_match(self, path: PlainPath) -> bool:
        """Tell whether a lenient reader may take a path for one of these."""
        return self._fits(self._loose, path.lenient)

    def _fits(self, ours: tuple[str | None, ...], given: tuple[str, ...]) -> bool:
        if len(given) < len(ours) or (len(given) > len(ours) and not self._has_rest):
            return False
        return all(
            bool(part) if one is None else one == part
            for one, part in zip(ours, given, strict=False)
        )


T = TypeVar("T", str, str | None)


def _trimmed(segments: tuple[T, ...]) -> tuple[T, ...]:
    """Return a path as a lenient reader has it: without the slash at its end."""
    return segments[:-1] if segments and segments[-1] == "" else segments
