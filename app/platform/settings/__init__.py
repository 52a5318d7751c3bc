"""Every setting of gateway and worker: one frozen object, read once in the composition roots."""

from datetime import timedelta
from pathlib import Path

from pydantic import AnyHttpUrl, Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from app.codes import AgencyCode
from app.platform.settings.axes import AxisSystem
from app.platform.settings.broker import BrokerSettings
from app.platform.settings.documents import DocumentSettings
from app.platform.settings.dossiers import DossierSettings, Route
from app.platform.settings.errands import ErrandSettings
from app.platform.settings.kinds import Seconds
from app.platform.settings.land import LandSettings
from app.platform.settings.ministry import MinistrySettings
from app.platform.settings.ngsp import NgspSettings
from app.platform.settings.notices import NoticeSettings
from app.platform.settings.payments import PaymentSettings
from app.platform.settings.population import PopulationSettings
from app.platform.settings.publishing import PublishingSettings
from app.platform.settings.reports import ReportSettings
from app.platform.settings.routing import RoutingSettings
from app.platform.settings.secrets import SecretFileError, read_secret
from app.platform.settings.sign_on import SignOnSettings
from app.platform.settings.unknown import unknown_names
from app.platform.settings.watching import WatchSettings
from app.platform.settings.webhooks import WebhookSettings

__all__ = [
    "AxisSystem",
    "Route",
    "Seconds",
    "SecretFileError",
    "Settings",
    "mistaken_names",
    "read_secret",
    "setting_name",
]


class Settings(
    BrokerSettings,
    DocumentSettings,
    DossierSettings,
    ErrandSettings,
    LandSettings,
    MinistrySettings,
    NgspSettings,
    NoticeSettings,
    PaymentSettings,
    PublishingSettings,
    ReportSettings,
    RoutingSettings,
    PopulationSettings,
    SignOnSettings,
    WebhookSettings,
    WatchSettings,
    BaseSettings,
):
    """Names are `LGSP_` and the field in capitals; `lgsp settings` prints them with meanings."""

    model_config = SettingsConfigDict(env_prefix="LGSP_", frozen=True, extra="ignore")

    database_url: str = Field(
        "sqlite:///lgsp.db",
        description="sqlite:///FILE for one machine, postgresql://… for anything larger.",
    )
    database_connections: int = Field(
        16, ge=1, le=500, description="PostgreSQL connections of one process at most."
    )
    province: str = Field(
        "H38",
        pattern=r"^[A-Z]\d{2}$",
        description="First level of our members' codes; others are reached by the axis.",
    )
    other_members: tuple[str, ...] = Field(
        (),
        description="Members of other first levels that are connected to us too, e.g. "
        '["K38", "0100000001"]: a people\'s council, a Party office, an enterprise.',
    )
    public_url: AnyHttpUrl = Field(
        AnyHttpUrl("http://127.0.0.1:8080"),
        description="Our address as clients see it: issuer and audience of our tokens.",
    )
    signing_key_file: Path | None = Field(
        None,
        description="PEM of the ES256 private key that signs tokens (`lgsp key FILE` makes one).",
    )
    previous_signing_key_file: Path | None = Field(
        None, description="The key before it: still accepted and published while tokens run out."
    )
    encryption_key_file: Path | None = Field(
        None,
        description="Key under which secrets that are used again are kept "
        "(`lgsp key FILE --kind encryption` makes one).",
    )
    previous_encryption_key_file: Path | None = Field(
        None, description="The key before it: still opens what was kept under it."
    )
    token_seconds: int = Field(
        3600, ge=30, le=86_400, description="How long an access token is good for."
    )
    client_cache_seconds: float = Field(
        1.0,
        ge=0,
        le=60,
        description="A revoked client is refused everywhere after at most so long; "
        "`lgsp client revoke` returns only then.",
    )
    max_body_bytes: int = Field(
        64 * 1024 * 1024, ge=1024, description="A larger request body is answered with 413."
    )
    request_head_seconds: Seconds = Field(
        30.0, description="A caller that takes longer to say the head of a request is told 408."
    )
    national_timeout_seconds: Seconds = Field(
        60.0, description="Time-out of one call to the national side."
    )
    retry_first_seconds: Seconds = Field(1.0, description="Wait after the first failed attempt.")
    retry_cap_seconds: Seconds = Field(600.0, description="Longest wait between two attempts.")
    dead_letter_hours: float = Field(
        72.0, gt=0, description="A message undeliverable for so long is parked and holds its key."
    )
    relay_concurrency: int = Field(
        32, ge=1, le=500, description="Deliveries under way at once in one worker."
    )
    lease_seconds: Seconds = Field(
        180.0,
        description="A claimed message is free again after so long; more than a call can take.",
    )
    idempotency_days: int = Field(31, ge=1, description="How long first answers are kept.")
    outbox_days: int = Field(31, ge=1, description="How long delivered messages are kept.")
    ready_outbox_depth: int = Field(
        10_000, ge=1, description="More messages due than this and /readyz says degraded."
    )
    ready_worker_seconds: Seconds = Field(
        30.0, description="A worker silent for longer and /readyz says degraded."
    )
    log_level: str = Field(
        "INFO", pattern="^(DEBUG|INFO|WARNING|ERROR)$", description="Least level that is logged."
    )

    @field_validator("other_members")
    @classmethod
    def _canonical(cls, codes: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(AgencyCode(code).canonical for code in codes)

    @field_validator("vxp_systems")
    @classmethod
    def _readable(cls, rows: tuple[str, ...]) -> tuple[str, ...]:
        for row in rows:
            AxisSystem.of(row)
        return rows

    @property
    def axis_systems(self) -> tuple[AxisSystem, ...]:
        """The rows of `vxp_systems`."""
        return tuple(map(AxisSystem.of, self.vxp_systems))

    @property
    def members_beyond(self) -> tuple[AgencyCode, ...]:
        """Members of other first levels that are connected to us too."""
        named = map(AgencyCode, self.other_members)
        return tuple(dict.fromkeys([*named, *(one.member for one in self.axis_systems)]))

    @property
    def issuer(self) -> str:
        """Issuer and audience of our tokens: the public address without a trailing slash."""
        return str(self.public_url).rstrip("/")

    @property
    def dead_letter_after(self) -> timedelta:
        """How long a message may stay undelivered."""
        return timedelta(hours=self.dead_letter_hours)


def setting_name(field: str) -> str:
    """Return the environment name of a field, e.g. `LGSP_DATABASE_URL`."""
    return f"LGSP_{field.upper()}"


def mistaken_names() -> list[str]:
    """Return a sentence for each name in the environment that begins like a setting and is none."""
    known = map(setting_name, Settings.model_fields)
    return [
        f"{name} is no setting" + (f"; {meant} is one" if meant else "")
        for name, meant in unknown_names(known).items()
    ]
