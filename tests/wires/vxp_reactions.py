"""What the vendor's client makes of an answer: the HTTP status is never looked at.

Only errors make the difference: what is null here is null for the program that called the kit.
"""

import base64
import json
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Seen:
    """A result object of the kit; None is its null."""

    status: str | None = None
    error_code: str | None = None
    error_desc: str | None = None
    doc_id: str | None = None
    rows: list[Json] | None = None
    file: bytes | None = None
    count: int | None = None


NOTHING = Seen()


def of_send(body: bytes) -> Seen:
    """SendEdoc's answer is read as US-ASCII; FAIL without DocId leaves every field null."""
    told = _object(body.decode("ascii", "replace"))
    if told is None:
        return NOTHING
    seen = _envelope(told)
    if "DocId" not in told:
        return NOTHING if seen.status != "OK" else seen
    return Seen(seen.status, seen.error_code, seen.error_desc, doc_id=_text(told["DocId"]))


def of_received_list(body: bytes) -> Seen:
    """What is no JSON at all is silently taken for OK and no documents."""
    told = _object(body.decode("utf-8", "replace"))
    if told is None:
        return Seen("OK", "0", "Success", rows=[]) if body.strip() else NOTHING
    return _list(told)


def of_list(body: bytes) -> Seen:
    """Any other list; what is no JSON is null."""
    told = _object(body.decode("utf-8", "replace"))
    return NOTHING if told is None else _list(told)


def of_package(body: bytes) -> Seen:
    """The answer to getEdoc, its `data` decoded as the kit does before it writes the file."""
    told = _object(body.decode("utf-8", "replace"))
    if told is None:
        return NOTHING
    seen = _envelope(told)
    data = told.get("data")
    file = base64.b64decode(data) if isinstance(data, str) else None
    return Seen(seen.status, seen.error_code, seen.error_desc, file=file)


def of_download(body: bytes) -> Seen:
    """Any body at all is the file; 100 is the kit's own code for none."""
    return Seen("OK", "0", "Success", file=body) if body else Seen("FAIL", "100")


def of_count(body: bytes) -> Seen:
    """A number of packages, as a number or as text."""
    told = _object(body.decode("utf-8", "replace"))
    if told is None:
        return NOTHING
    seen = _envelope(told)
    count = told.get("count")
    number = None if count is None else int(count)
    return Seen(seen.status, seen.error_code, seen.error_desc, count=number)


def of_plain(body: bytes) -> Seen:
    """An envelope with nothing in it."""
    told = _object(body.decode("utf-8", "replace"))
    return NOTHING if told is None else _envelope(told)


def _object(text: str) -> Json | None:
    try:
        told = json.loads(text)
    except ValueError:
        return None
    return told if isinstance(told, dict) else None


def _envelope(told: Json) -> Seen:
    """A null in any of the three throws, and the fields stay null."""
    status, code, text = (told.get(name) for name in ("status", "ErrorCode", "ErrorDesc"))
    if status is None or code is None or text is None:
        return NOTHING
    return Seen(_text(status), _text(code), _text(text))


def _list(told: Json) -> Seen:
    """One null or one array inside one row loses the whole list."""
    seen = _envelope(told)
    rows = told.get("data")
    if not isinstance(rows, list) or not all(_is_readable(row) for row in rows):
        rows = None
    return Seen(seen.status, seen.error_code, seen.error_desc, rows=rows)


def _is_readable(row: object) -> bool:
    return isinstance(row, dict) and not any(
        value is None or isinstance(value, list | dict) for value in row.values()
    )


def _text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value)
