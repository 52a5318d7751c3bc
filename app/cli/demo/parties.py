"""Every party of the demo, asked over its own public HTTP."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import httpx

from app.cli.demo.hop import HopError
from app.cli.staging import Province
from app.platform.ids import new_id

T = TypeVar("T")
Found = dict[str, Any]


class Hub:
    """A province's gateway, as its connected systems see it."""

    def __init__(self, province: Province, patience: float) -> None:
        self.code = province.code
        self.province = province
        self._http = httpx.Client(base_url=province.url, timeout=patience, trust_env=False)
        self._token: str | None = None

    def close(self) -> None:
        """Let the connection go."""
        self._http.close()

    def get(self, path: str, **headers: str) -> Any:
        """Return what is at this address."""
        return _json(self._ask("GET", path, headers=headers))

    def public(self, path: str, **headers: str) -> Any:
        """Return what anybody may see at this address."""
        return _json(self._try(lambda: self._http.get(path, headers=headers)))

    def create(self, path: str, **content: Any) -> Found:
        """POST something new and return the answer."""
        headers = {"Idempotency-Key": new_id(), **content.pop("headers", {})}
        found: Found = _json(self._ask("POST", path, headers=headers, **content))
        return found

    def send_packet(self, file: Path) -> Found:
        """POST an edXML file."""
        headers = {"Content-Type": "application/xml"}
        return self.create("/v1/documents", content=file.read_bytes(), headers=headers)

    def _ask(self, method: str, path: str, **options: Any) -> httpx.Response:
        if self._token is None:
            self._token = self._login()
        headers = {"Authorization": f"Bearer {self._token}", **options.pop("headers")}
        return self._try(lambda: self._http.request(method, path, headers=headers, **options))

    def _login(self) -> str:
        credentials = (self.province.client_id, self.province.client_secret)
        form = {"grant_type": "client_credentials"}
        answer = self._try(lambda: self._http.post("/oauth2/token", data=form, auth=credentials))
        return str(_json(answer)["access_token"])

    def _try(self, ask: Callable[[], httpx.Response]) -> httpx.Response:
        try:
            return ask()
        except httpx.HTTPError as error:
            raise HopError(f"gateway {self.code} does not answer ({error!r})") from error


class Nation:
    """The pretend nation, asked over its control API."""

    def __init__(self, url: str, patience: float) -> None:
        self._http = httpx.Client(base_url=url, timeout=patience, trust_env=False)

    def close(self) -> None:
        """Let the connection go."""
        self._http.close()

    def dossier(self, code: str) -> Found | None:
        """Return what the portal holds of a dossier; None if nothing."""
        answer = self._get(f"/_axis/v1/dossiers/{code}")
        return None if answer.status_code == httpx.codes.NOT_FOUND else _json(answer)

    def deliveries(self, document_id: str) -> list[Found]:
        """Return the axis's deliveries of a document and of the statuses about it."""
        answer = self._get("/_axis/v1/deliveries", document_id=document_id)
        found: list[Found] = _json(answer)["items"]
        return found

    def _get(self, path: str, **query: str) -> httpx.Response:
        try:
            return self._http.get(path, params=query)
        except httpx.HTTPError as error:
            raise HopError(f"the nation does not answer ({error!r})") from error


def _json(answer: httpx.Response) -> Any:
    if answer.is_error:
        raise HopError(f"HTTP {answer.status_code} from {answer.url.path}: {answer.text[:500]}")
    return answer.json()
