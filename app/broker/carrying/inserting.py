"""Putting one member into a JSON object and leaving every other byte as it is."""

import json
from typing import Final

from app.broker.domain.carrying import BodyUnfitError

_BLANK: Final = " \t\r\n"
_decoder: Final = json.JSONDecoder()


def with_member(body: bytes, name: str, value: str) -> bytes:
    """Return a JSON object with the member first; any of that name that was there is taken out.

    Raises:
        BodyUnfitError: if the body is no JSON object.
    """
    try:
        text = body.decode()
        members = _members(text)
    except (ValueError, RecursionError):
        raise BodyUnfitError from None
    kept = [written for key, written in members if key.casefold() != name.casefold()]
    given = f"{json.dumps(name)}:{json.dumps(value, ensure_ascii=False)}"
    start = text.index("{") + 1
    if len(kept) == len(members):
        comma = "," if members else ""
        return f"{text[:start]}{given}{comma}{text[start:]}".encode()
    return f"{text[:start]}{','.join([given, *kept])}}}".encode()


def _members(text: str) -> list[tuple[str, str]]:
    """Return the names of an object's members, each with how the member is written.

    Raises:
        ValueError: if the text is no JSON object.
    """
    found: list[tuple[str, str]] = []
    at = _expect(text, 0, "{")
    if text[_blank(text, at) :][:1] == "}":
        _end(text, _blank(text, at) + 1)
        return found
    while True:
        start = _blank(text, at)
        _expect(text, start, '"')
        name, at = _decoder.raw_decode(text, start)
        at = _expect(text, at, ":")
        _, at = _decoder.raw_decode(text, _blank(text, at))
        found.append((name, text[start:at]))
        at = _blank(text, at)
        if text[at : at + 1] == "}":
            _end(text, at + 1)
            return found
        at = _expect(text, at, ",")


def _blank(text: str, at: int) -> int:
    while at < len(text) and text[at] in _BLANK:
        at += 1
    return at


def _expect(text: str, at: int, sign: str) -> int:
    at = _blank(text, at)
    if text[at : at + 1] != sign:
        raise ValueError("not a JSON object")
    return at + 1


def _end(text: str, at: int) -> None:
    if _blank(text, at) != len(text):
        raise ValueError("more than one value")
