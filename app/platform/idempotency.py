"""Idempotency of creating POSTs: the first answer is kept and given again, byte for byte."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from sqlalchemy import (
    Column,
    Connection,
    LargeBinary,
    String,
    Table,
    bindparam,
    delete,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.types import SmallInteger
from starlette.requests import Request
from starlette.responses import Response

from app.platform.clock import Clock
from app.platform.context import Context
from app.platform.errors import Invalid, MalformedError, RefusedError
from app.platform.schema import Instant, Json, metadata

HEADER = "Idempotency-Key"
_KEY = re.compile(r"[\x21-\x7e]{1,255}")

KEY_PARAMETER: Final[dict[str, object]] = {
    "name": HEADER,
    "in": "header",
    "required": True,
    "description": "Khoá chống lặp, mới cho mỗi lần tạo; gửi lại cùng khoá và cùng nội dung thì "
    "nhận lại đúng câu trả lời đầu. / New for each thing created; a repeat with the same body "
    "gets the first answer again.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"},
    "example": "0193a5c0-7e1e-7000-8000-000000000001",
}
"""How a creating operation declares the header in the OpenAPI document."""

first_answers = Table(
    "first_answers",
    metadata,
    Column("scope", String(64), primary_key=True),
    Column("digest", String(64), nullable=False),
    Column("status", SmallInteger, nullable=False),
    Column("headers", Json, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("subject", String(300), nullable=False, index=True),
    Column("created_at", Instant, nullable=False, index=True),
)

_TAKE: Final = {
    name: insert(first_answers).on_conflict_do_nothing()
    for name, insert in (("sqlite", sqlite_insert), ("postgresql", postgresql_insert))
}
_KEEP: Final = update(first_answers).where(first_answers.c.scope == bindparam("of_scope"))


class MissingKeyError(MalformedError):
    """A creating request came without a usable Idempotency-Key."""

    slug = "idempotency-key-required"
    title = "Thiếu khoá chống lặp"
    title_en = "Idempotency-Key is required"

    def __init__(self) -> None:
        super().__init__(
            "Hãy gửi tiêu đề Idempotency-Key (1-255 ký tự ASCII không dấu cách), "
            "mới cho mỗi hồ sơ hay văn bản.",
            "Send an Idempotency-Key header (1-255 visible ASCII characters), "
            "new for each thing created.",
            errors=[
                Invalid("header/Idempotency-Key", "thiếu hoặc sai khuôn", "missing or malformed")
            ],
        )


class ReusedKeyError(RefusedError):
    """The key was used before with another body."""

    slug = "idempotency-key-reused"
    title = "Khoá chống lặp đã dùng cho nội dung khác"
    title_en = "Idempotency-Key was used with another body"

    def __init__(self) -> None:
        super().__init__(
            "Khoá này đã gắn với một nội dung khác; hãy dùng khoá mới.",
            "This key belongs to another body; use a new one.",
            errors=[
                Invalid(
                    "header/Idempotency-Key", "đã dùng với nội dung khác", "used with another body"
                )
            ],
        )


@dataclass(frozen=True, slots=True)
class Answer:
    """A ready answer. `subject` names the record it speaks of, and whose end it shares."""

    status: int
    body: bytes
    subject: str
    headers: dict[str, str] = field(default_factory=dict)


def created(location: str, body: bytes, subject: str) -> Answer:
    """Return a 201 for a new record at `location`."""
    return Answer(201, body, subject, {"Location": location})


async def answer_once(
    request: Request, context: Context, client_id: str, digest: str, act: Callable[..., Answer]
) -> Response:
    """Run `act(connection)` once for this client, method, path and key, and give its answer.

    The key is taken, the act done and the answer kept in one transaction; an act that raises
    leaves nothing, so the key stays free. A repeat meanwhile waits for the first to end.

    Raises:
        MissingKeyError: without a usable key.
        ReusedKeyError: if the key came before with another body.
    """
    key = request.headers.get(HEADER, "")
    if not _KEY.fullmatch(key):
        raise MissingKeyError
    parts = (client_id, request.method, request.scope["path"], key)
    scope = hashlib.sha256("\n".join(parts).encode()).hexdigest()
    answer = await context.database.transact(once, context.clock, scope, digest, act)
    return Response(
        answer.body,
        status_code=answer.status,
        headers=answer.headers,
        media_type="application/json",
    )


def once(
    connection: Connection, clock: Clock, scope: str, digest: str, act: Callable[..., Answer]
) -> Answer:
    """Return the kept answer of `scope`, or run the act and keep its answer.

    Raises:
        ReusedKeyError: if the kept answer belongs to another body.
    """
    if not _take(connection, clock, scope, digest):
        return _kept(connection, scope, digest)
    answer = act(connection)
    kept = {"status": answer.status, "headers": answer.headers, "body": answer.body}
    connection.execute(_KEEP, {"of_scope": scope, "subject": answer.subject, **kept})
    return answer


def _take(connection: Connection, clock: Clock, scope: str, digest: str) -> bool:
    """Take the key; on PostgreSQL this waits for whoever is just taking it."""
    empty = {"status": 0, "headers": {}, "body": b"", "subject": ""}
    taken = connection.execute(
        _TAKE[connection.dialect.name],
        {"scope": scope, "digest": digest, "created_at": clock.now(), **empty},
    )
    return taken.rowcount == 1


def _kept(connection: Connection, scope: str, digest: str) -> Answer:
    row = connection.execute(select(first_answers).where(first_answers.c.scope == scope)).one()
    if row.digest != digest:
        raise ReusedKeyError
    return Answer(row.status, bytes(row.body), row.subject, dict(row.headers))


def forget_before(connection: Connection, moment: datetime, *, at_most: int) -> int:
    """Delete at most so many answers older than `moment`; return how many went."""
    old = (
        select(first_answers.c.scope).where(first_answers.c.created_at < moment).limit(at_most)
    ).scalar_subquery()
    return connection.execute(delete(first_answers).where(first_answers.c.scope.in_(old))).rowcount


def forget_subject(connection: Connection, subject: str) -> None:
    """Delete the kept answers of a record that is erased."""
    connection.execute(delete(first_answers).where(first_answers.c.subject == subject))
