"""JSON logs on standard error: event names and ids, never what people wrote."""

import logging
import sys
from collections.abc import Callable
from typing import Any

import structlog
from pydantic_core import to_json


def _in_json(event: structlog.types.EventDict, default: Callable[[Any], Any]) -> bytes:
    return to_json(event, fallback=default)


def _in_text(event: structlog.types.EventDict, default: Callable[[Any], Any]) -> str:
    return _in_json(event, default).decode()


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
            structlog.processors.format_exc_info,
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
                structlog.processors.format_exc_info,
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
