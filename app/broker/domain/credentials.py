"""How we show ourselves to a service: one kept secret, shown in one of five ways."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from urllib.parse import urlsplit

from app.platform.errors import ConflictError, Invalid, NotFoundError, RefusedError

NAME: Final = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}", re.ASCII)
_TOKEN: Final = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}", re.ASCII)
_VISIBLE: Final = re.compile(r"[ -~]{1,500}", re.ASCII)
_CODES: Final = re.compile(r"[!-+\--~]{1,40}(?:,[!-+\--~]{1,40}){0,9}", re.ASCII)
_NO_CODES: Final = "-"
_ANYWHERE: Final = "-"
_PORTS: Final = {"http": 80, "https": 443}

Origin = tuple[str, str, int]
"""Scheme, host and port of a server."""

_FIELD: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,63}", re.ASCII)


class CredentialKind(StrEnum):
    """The ways that services of the nation and of provinces want it."""

    CLIENT_CREDENTIALS = "client-credentials"
    HASHED_BASIC = "hashed-basic"
    BODY_KEY = "body-key"
    SESSION = "session"
    HEADER = "header"


@dataclass(frozen=True, slots=True)
class Credential:
    """A credential without its secret; `facts` are what its kind needs beside that."""

    name: str
    kind: CredentialKind
    facts: Mapping[str, str]
    created_at: datetime
    changed_at: datetime
    closed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Expiry:
    """What the body of an answer says when the session it was asked with has ended."""

    path: tuple[str, ...]
    codes: frozenset[str]

    def is_said_by(self, body: bytes) -> bool:
        """Tell whether a body says so: a JSON object with one of the codes, a number or a text."""
        try:
            found: object = json.loads(body)
        except (ValueError, RecursionError):
            return False
        for name in self.path:
            found = found.get(name) if isinstance(found, dict) else None
        is_code = isinstance(found, int | str) and not isinstance(found, bool)
        return is_code and str(found) in self.codes


FACTS: Final[Mapping[CredentialKind, Mapping[str, str]]] = {
    CredentialKind.CLIENT_CREDENTIALS: {
        "token_url": "",
        "client_id": "",
        "sent_in": "header",
        "scope": "-",
        "shown_to": _ANYWHERE,
    },
    CredentialKind.HASHED_BASIC: {
        "user": "",
        "hashed_url": "",
        "unit": "milliseconds",
        "shown_to": _ANYWHERE,
    },
    CredentialKind.BODY_KEY: {"field": "authKey", "shown_to": _ANYWHERE},
    CredentialKind.SESSION: {
        "login_url": "",
        "user": "",
        "field": "session",
        "seconds": "1500",
        "expired_field": "error_code",
        "expired_codes": "-2",
        "shown_to": _ANYWHERE,
    },
    CredentialKind.HEADER: {"header": "Authorization", "prefix": "", "shown_to": _ANYWHERE},
}
"""The facts of each kind with what they are if nobody says; "" for one that must be said.

`hashed_url` is hashed and need not be the address that is called (`sv_url`, population data).
`expired_codes` are what an answer says at `expired_field` (names with dots between them) when its
session has ended, `-` for none: that is not public, and -2 what the mock of the nation says.
`shown_to` are the servers that it is for (`https://host[:port]` with commas between them), `-` for
any: whoever may register services names credentials, and their addresses.
"""


def complete(kind: CredentialKind, said: Mapping[str, str]) -> dict[str, str]:
    """Return all facts of a credential.

    Raises:
        CredentialRefusedError: names the first that is missing, unknown, or has another form.
    """
    known = FACTS[kind]
    for name in said:
        if name not in known:
            raise CredentialRefusedError(name, "không dùng cho loại này", "not of this kind")
    facts = {**known, **said}
    for name, value in facts.items():
        may_be_empty = name == "prefix"
        if not value and not may_be_empty:
            raise CredentialRefusedError(name, "thiếu", "missing")
        if value and not _FORMS.get(name, _is_visible)(value):
            raise CredentialRefusedError(name, "sai khuôn dạng", "has another form")
    return facts


def _is_visible(value: str) -> bool:
    return _VISIBLE.fullmatch(value) is not None


def _is_address(value: str) -> bool:
    try:
        parts = urlsplit(value)
        has_port = parts.port != 0
    except ValueError:
        return False
    is_plain = not (parts.username or parts.password or parts.fragment) and " " not in value
    return (
        _is_visible(value)
        and is_plain
        and has_port
        and bool(parts.hostname)
        and parts.scheme in {"http", "https"}
    )


def expiry_of(credential: Credential) -> Expiry | None:
    """Return how answers say that a session has ended; None if that is only said by HTTP 401."""
    facts = {**FACTS[credential.kind], **credential.facts}
    codes = facts.get("expired_codes", _NO_CODES)
    if codes == _NO_CODES:
        return None
    return Expiry(tuple(facts["expired_field"].split(".")), frozenset(codes.split(",")))


def origin_of(url: str) -> Origin:
    """Return where a URL of http or https leads."""
    parts = urlsplit(url)
    return parts.scheme, parts.hostname or "", parts.port or _PORTS[parts.scheme]


def is_for(credential: Credential, server: Origin) -> bool:
    """Tell whether a server may be shown a credential."""
    servers = credential.facts.get("shown_to", _ANYWHERE)
    return servers == _ANYWHERE or server in map(origin_of, servers.split(","))


def _are_servers(value: str) -> bool:
    if value == _ANYWHERE:
        return True
    return all(_is_address(one) and not urlsplit(one).path for one in value.split(","))


_FORMS: Final[Mapping[str, Callable[[str], bool]]] = {
    "token_url": _is_address,
    "login_url": _is_address,
    "sent_in": lambda value: value in {"header", "form"},
    "unit": lambda value: value in {"milliseconds", "seconds"},
    "field": lambda value: _FIELD.fullmatch(value) is not None,
    "header": lambda value: _TOKEN.fullmatch(value) is not None,
    "expired_field": lambda value: all(map(_FIELD.fullmatch, value.split("."))),
    "expired_codes": lambda value: _CODES.fullmatch(value) is not None,
    "shown_to": _are_servers,
    "seconds": lambda value: value.isdecimal() and 1 <= int(value) <= 86_400,  # noqa: PLR2004 -- a day
}


class CredentialRefusedError(RefusedError):
    """A fact of a credential is missing, unknown, or has another form."""

    slug = "credential-refused"
    title = "Thông tin xác thực không hợp lệ"
    title_en = "The credential cannot be kept"

    def __init__(self, fact: str, why: str, why_en: str) -> None:
        super().__init__(
            f"{fact}: {why}.", f"{fact}: {why_en}.", errors=[Invalid(f"/{fact}", why, why_en)]
        )


class CredentialTakenError(ConflictError):
    """A credential in force has the name already."""

    slug = "credential-taken"
    title = "Đã có thông tin xác thực mang tên này"
    title_en = "The credential is there already"

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} đã có.", f"{name} is there already.")


class CredentialElsewhereError(RefusedError):
    """A service wants a credential shown to an address that it is not for."""

    slug = "credential-elsewhere"
    title = "Thông tin xác thực không dành cho địa chỉ này"
    title_en = "The credential is not for this address"

    def __init__(self, pointer: str) -> None:
        super().__init__(
            "Quản trị viên chỉ cho dùng thông tin xác thực này với máy chủ khác.",
            "The administrator allows this credential for other servers only.",
            errors=[Invalid(pointer, "không dành cho địa chỉ này", "not for this address")],
        )


class UnknownCredentialError(NotFoundError):
    """No credential in force has this name."""

    slug = "unknown-credential"
    title = "Không có thông tin xác thực này"
    title_en = "Unknown credential"

    def __init__(self) -> None:
        super().__init__(
            "Không có thông tin xác thực nào mang tên này.", "No credential has this name."
        )
