"""`lgsp outbox …`: what is owed to the nation, what is stuck, and what a person may do about it."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Annotated, Any, Concatenate

import typer
from sqlalchemy import Connection

from app.cli.acting import act
from app.cli.failing import read_settings
from app.cli.printing import JsonFlag, print_json, print_rows
from app.exchange import administration
from app.exchange.administration import Entry
from app.exchange.messages import State
from app.platform.clock import Clock, SystemClock

app = typer.Typer(
    help="Hộp thư chờ gửi quốc gia. / What is owed to the nation.", no_args_is_help=True
)
_COLUMNS = (
    "message_id", "topic", "key", "state", "attempts", "due_at", "reason", "held_by", "holding",
)  # fmt: skip
MessageId = Annotated[str, typer.Argument(help="As `lgsp outbox list` shows it.")]


@app.command("list")
def list_(
    *,
    state: Annotated[State | None, typer.Option(help="Only messages in this state.")] = None,
    topic: Annotated[str | None, typer.Option(help="Only messages of this topic.")] = None,
    after: Annotated[int, typer.Option(min=0, help="Sequence number to go on behind.")] = 0,
    limit: Annotated[int, typer.Option(min=1, max=10_000)] = 50,
    as_json: JsonFlag = False,
) -> None:
    """Liệt kê thông điệp. / List messages; `held_by` names the one that holds a message back."""
    found = act(
        read_settings(),
        administration.entries,
        state=state,
        topic=topic,
        after=after,
        limit=limit,
    )
    rows = [_row(entry) for entry in found]
    if as_json:
        print_json(rows)
    else:
        print_rows(_COLUMNS, rows)


@app.command("show")
def show(message_id: MessageId, *, as_json: JsonFlag = False) -> None:
    """Xem một thông điệp. / Show one message with its body, which may name people."""
    entry, body = act(read_settings(), administration.show, message_id=message_id)
    _tell({**_row(entry), "body": body}, as_json=as_json)


@app.command("retry")
def retry(message_id: MessageId, *, as_json: JsonFlag = False) -> None:
    """Gửi lại. / Make a message due again."""
    _do(administration.retry, message_id, as_json=as_json)


@app.command("park")
def park(message_id: MessageId, *, as_json: JsonFlag = False) -> None:
    """Giữ lại. / Hold a message, and with it the later ones of its key."""
    _do(administration.park, message_id, as_json=as_json)


@app.command("drop")
def drop(message_id: MessageId, *, as_json: JsonFlag = False) -> None:
    """Bỏ hẳn. / Give a message up; the next of its key has its turn."""
    _do(administration.drop, message_id, as_json=as_json)


def _do(
    change: Callable[Concatenate[Connection, Clock, ...], Entry], message_id: str, *, as_json: bool
) -> None:
    entry = act(read_settings(), change, SystemClock(), message_id=message_id)
    _tell(_row(entry), as_json=as_json)


def _row(entry: Entry) -> dict[str, Any]:
    moments = ("created_at", "due_at", "claimed_until", "settled_at")
    fields = asdict(entry)
    return fields | {name: fields[name] and fields[name].isoformat() for name in moments}


def _tell(facts: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        print_json(facts)
    else:
        print_rows(("field", "value"), ({"field": k, "value": v} for k, v in facts.items()))
