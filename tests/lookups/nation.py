"""A gateway whose look-ups reach a nation in memory."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
from typing_extensions import override

from app.lookups.sync import desk_of
from app.platform.clock import Clock as AppClock
from app.platform.settings import Settings
from mock_ngsp.clock import Clock
from mock_ngsp.front import Nation as Front
from mock_ngsp.ngsp.licences import DEFAULT_ACCOUNT as LICENCES
from mock_ngsp.ngsp.population import DEFAULT_ACCOUNT
from mock_ngsp.ngsp.postal.orders import DEFAULT_CUSTOMER
from mock_ngsp.ngsp.tokens import DEFAULT_APPLICATION
from mock_ngsp.ngsp.vehicles import DEFAULT_KEY as VEHICLE_KEY
from mock_ngsp.record import Wanted
from mock_ngsp.settings import Settings as NationSettings
from mock_ngsp.universe import Universe
from mock_ngsp.wire import Axis
from tests.gateway import Gateway

BASE = "http://nation.test"
REASON: dict[str, Any] = {
    "purpose": "Giải quyết thủ tục hành chính",
    "stated_reason": "Đối chiếu tại quầy",
}


class SharedClock(Clock):
    """The nation's clock shows what the gateway's shows."""

    def __init__(self, clock: AppClock) -> None:
        super().__init__()
        self._clock = clock

    @override
    def now(self) -> datetime:
        return self._clock.now() + self._ahead


def connected(settings: Settings, folder: Path, **changes: Any) -> Settings:
    """Return settings that reach every service of the nation."""
    secret = folder / "ngsp-secret"
    secret.write_text(DEFAULT_APPLICATION.secret)
    (folder / "licences").write_text(LICENCES.password)
    (folder / "vehicles").write_text(VEHICLE_KEY)
    population = folder / "population-secret"
    population.write_text(DEFAULT_ACCOUNT.secret)
    known: dict[str, Any] = {
        "ngsp_url": BASE,
        "ngsp_key": DEFAULT_APPLICATION.key,
        "ngsp_secret_file": secret,
        "ngsp_timeout_seconds": 0.5,
        "postal_customer": DEFAULT_CUSTOMER,
        "licence_username": LICENCES.username,
        "licence_password_file": folder / "licences",
        "vehicle_key_file": folder / "vehicles",
        "population_url": f"{BASE}/dancu",
        "population_signed_url": NationSettings().dancu_sv_url,
        "population_user": DEFAULT_ACCOUNT.user,
        "population_secret_file": population,
    }
    return Settings.model_validate(settings.model_dump() | known | changes)


@dataclass
class Nation:
    """The nation as a test moves it."""

    gateway: Gateway
    folder: Path
    universe: Universe = field(init=False)

    def __post_init__(self) -> None:
        slow = NationSettings(ngsp_slow=timedelta(seconds=60))
        self.universe = Universe(slow, clock=SharedClock(self.gateway.clock))

    def connect(self, **changes: Any) -> "Nation":
        """Give the application this nation."""
        settings = connected(self.gateway.settings, self.folder, **changes)
        http = httpx.AsyncClient(transport=httpx.ASGITransport(Front(self.universe)))
        desk = desk_of(settings, http, self.gateway.clock)
        self.gateway.http.app.state.desk = desk  # type: ignore[attr-defined]
        return self

    def asked(self, operation: str | None = None) -> list[str]:
        """Return the operations that were asked for, oldest first."""
        entries, _ = self.universe.record.page(Wanted(Axis.NGSP, operation, 0, 10_000))
        return [entry.call.operation for entry in entries]


def refusal_of(answer: httpx.Response) -> tuple[int, str]:
    """Return status and slug of a problem."""
    return answer.status_code, answer.json()["type"].removeprefix("/problems/")
