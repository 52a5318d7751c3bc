"""What an operation of a service is: where it stands, who may call it, what it answers."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from mock_ngsp.wire import Answer, Body, Request

if TYPE_CHECKING:
    from mock_ngsp.universe import Universe

XML = b"text/xml; charset=utf-8"


class Guard(StrEnum):
    """What a caller must show."""

    BEARER = "bearer"
    OWN = "own"
    """The service looks itself."""
    OPEN = "open"
    """Nothing: an adapter inside a province's network."""


class UnreadableError(Exception):
    """A request that is not what its operation takes; `words` name the field."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


@dataclass(frozen=True, slots=True)
class Asked:
    """One request to an operation; a parameter that comes twice has its first value."""

    universe: "Universe"
    request: Request
    query: dict[str, str]

    def json(self) -> dict[str, Any]:
        """The JSON object of the body.

        Raises:
            UnreadableError: if it is none.
        """
        try:
            content = json.loads(self.request.body)
        except (ValueError, RecursionError):
            content = None
        if not isinstance(content, dict):
            raise UnreadableError("body")
        return content

    def rows(self) -> list[Any]:
        """The JSON array of the body.

        Raises:
            UnreadableError: if it is none.
        """
        try:
            content = json.loads(self.request.body)
        except (ValueError, RecursionError):
            content = None
        if not isinstance(content, list):
            raise UnreadableError("body")
        return content

    def text(self, name: str) -> str:
        """A text of the JSON body; "" where there is none, so that it never fails."""
        try:
            found = self.json().get(name)
        except UnreadableError:
            return ""
        return str(found) if isinstance(found, str | int) else ""

    def header(self, name: str) -> str:
        """A header, "" without."""
        return self.request.headers.get(name.lower().encode(), b"").decode("latin-1")


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of a service.

    `subject` is the text in which magic values are looked for, `refused` what the service says
    when it is made to refuse.
    """

    service: str
    context: str
    resource: str
    method: str
    answer: Callable[[Asked], Answer]
    subject: Callable[[Asked], str]
    refused: Callable[[Asked], Answer]
    kind: Body = Body.JSON
    guard: Guard = Guard.BEARER

    @property
    def name(self) -> str:
        """How record and scripts call it."""
        return f"{self.context}/{self.resource}".rstrip("/")
