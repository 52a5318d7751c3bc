"""JSON logs on standard error: event names and ids, never what people wrote."""

import errno
import logging
import sys
import traceback
from collections.abc import Callable, Iterator
from typing import Any

import structlog
from pydantic_core import to_json


def _in_json(event: structlog.types.EventDict, default: Callable[[Any], Any]) -> bytes:
    return to_json(event, fallback=default)


def _in_text(event: structlog.types.EventDict, default: Callable[[Any], Any]) -> str:
    return _in_json(event, default).decode()


def _kinds_and_places(_: object, __: str, event: structlog.types.EventDict) -> Any:
    """Tell a failure without its message, in which databases and parsers repeat their input."""
    failed = event.pop("exc_info", None)
    if failed is True:
        failed = sys.exc_info()
    error = failed[1] if isinstance(failed, tuple) else failed
    if isinstance(error, BaseException):
        event["exception"] = "\n".join(_told(error))
    return event


def _told(error: BaseException) -> Iterator[str]:
    yield f"{type(error).__module__}.{type(error).__qualname__}{_number_of(error)}"
    for frame in traceback.extract_tb(error.__traceback__):
        yield f"  {frame.filename}:{frame.lineno} {frame.name}"
    behind = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    inside = error.exceptions if isinstance(error, BaseExceptionGroup) else ()
    for other in (*inside, *filter(None, [behind])):
        yield from _told(other)


def _number_of(error: BaseException) -> str:
    """Return what a database or the system calls it: SQLSTATE, SQLite's name, the errno."""
    said = getattr(error, "sqlstate", None) or getattr(error, "sqlite_errorname", None)
    if isinstance(error, OSError) and error.errno is not None:
        said = errno.errorcode.get(error.errno, error.errno)
    return f" ({said})" if said else ""


def configure_logging(level: str) -> None:
    """Send every log line, ours and the libraries', to standard error as one JSON object."""
    shared: list[structlog.types.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[
            *shared,
            _kinds_and_places,
            structlog.processors.JSONRenderer(serializer=_in_json),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level)),
        logger_factory=_Lines,
        cache_logger_on_first_use=True,
    )
    output = logging.StreamHandler(sys.stderr)
    output.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                _kinds_and_places,
                structlog.processors.JSONRenderer(serializer=_in_text),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers = [output]
    root.setLevel(level)
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access", "httpx", "alembic"):
        logging.getLogger(name).setLevel(logging.WARNING)


class _Lines(structlog.BytesLogger):
    """Writes our own lines to standard error; `name` is what add_logger_name asks for."""

    def __init__(self, name: str = "lgsp") -> None:
        super().__init__(sys.stderr.buffer)
        self.name = name
