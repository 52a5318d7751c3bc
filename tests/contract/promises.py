"""What `openapi/gateway.yaml` promises of an answer, and where an answer breaks it."""

from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any
from urllib.parse import quote

import httpx

from tests.contract.judges import description, faults_of_json

_FILE = "gateway.yaml"
_METHODS = ("get", "post", "put", "patch", "delete")
_JSON = ("application/json", "application/problem+json")


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of the document."""

    path: str
    method: str
    says: dict[str, Any]

    @property
    def id(self) -> str:
        return str(self.says["operationId"])

    def faults(self, answer: httpx.Response) -> list[str]:
        """Tell what the document does not promise: the status, the kind, the content."""
        status = str(answer.status_code)
        promised = self.says["responses"].get(status)
        if promised is None:
            return [f"{status} is not documented: {answer.text[:300]}"]
        kind = answer.headers.get("content-type", "").partition(";")[0]
        if not any(fnmatchcase(kind, name) for name in promised["content"]):
            return [f"{status} as {kind!r} is not documented"]
        if kind not in _JSON:
            return []
        steps = ("paths", self.path, self.method, "responses", status, "content", kind, "schema")
        return faults_of_json(f"{_FILE}#{''.join(map(_step, steps))}", answer.json())


def operations() -> Iterator[Operation]:
    """Every operation the document has."""
    for path, item in description(_FILE)["paths"].items():
        for method in _METHODS:
            if method in item:
                yield Operation(path, method, item[method])


def examples(operation: Operation) -> Iterator[tuple[str, Any]]:
    """Every media type of the operation's body with its example."""
    for kind, content in operation.says.get("requestBody", {}).get("content", {}).items():
        yield kind, content["example"]


def _step(part: str) -> str:
    return "/" + quote(part.replace("~", "~0").replace("/", "~1"), safe="~")
