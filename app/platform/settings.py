"""Every setting of gateway and worker: one frozen object, read once in the composition roots."""

from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import AnyHttpUrl, Field, SecretStr, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from app.codes import AgencyCode

_TIME: Final = r"^([01]\d|2[0-3]):[0-5]\d$"
_PERIOD: Final = r"^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$"
_WORKING_DAY: Final = 8 * 60

Seconds = Annotated[float, Field(gt=0, le=86_400)]


class Route(StrEnum):
    """How calls to a national service travel."""

    DIRECT = "direct"
    SECURITY_SERVER = "security-server"


class SecretFileError(Exception):
    """A file that a setting names cannot be read, or is empty."""

    def __init__(self, setting: str, path: Path) -> None:
        super().__init__(f"{setting}: cannot read a secret from {path}")


class Settings(BaseSettings):
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
    max_document_bytes: int = Field(
        320 * 1024 * 1024,
        ge=1024,
        description="The same for a document, and the largest packet that is read or fetched; "
        "a file of 200 MiB is 267 MiB in a packet.",
    )
    spool_folder: Path | None = Field(
        None,
        description="Where large documents are laid while they pass through, in files without a "
        "name; unset: the system's folder for temporary files.",
    )
    content_grace_seconds: Seconds = Field(
        3600.0, description="A content that no document came to hold is deleted after so long."
    )
    vxp_url: AnyHttpUrl | None = Field(
        None, description="Base of the document axis; `/sendEdoc` and the others are appended."
    )
    vxp_system_id: str | None = Field(None, description="Our system's code on the document axis.")
    vxp_secret_file: Path | None = Field(
        None, description="File with the key our system signs axis requests with."
    )
    vxp_poll_seconds: Seconds = Field(
        5.0, description="Time between two looks into our inbox on the document axis."
    )
    status_table_own: Literal["strict", "lenient"] = Field(
        "strict",
        description="A document status of our own members against the table: refused, or noted "
        "with a mark.",
    )
    status_table_axis: Literal["strict", "lenient"] = Field(
        "lenient", description="The same for statuses that the document axis brings."
    )
    unknown_originals: Literal["refuse", "accept"] = Field(
        "refuse",
        description="A revocation, update or replacement of a document that was not sent through "
        "us: accept while senders still have documents from before they were connected.",
    )
    status_wait_hours: float = Field(
        24.0,
        gt=0,
        le=720,
        description="A status that comes before its document waits so long for it, then it is "
        "given up and shown by `lgsp statuses`.",
    )
    vxp_directory_hours: float = Field(
        0.0,
        ge=0,
        le=24 * 90,
        description="Time between two readings of the axis's directory into our catalogue; "
        "0: only by `lgsp catalogue sync members`.",
    )
    vxp_at_root: bool = Field(
        default=True,
        description="Offer the document axis's operations at our root too, not only under "
        "/XrdAdapter/adapter.",
    )
    vxp_relist_after_fail: int = Field(
        3,
        ge=0,
        description="How many times a package stays listed after updateStatus fail "
        "(what the real axis does is unknown).",
    )
    vxp_paging: bool = Field(
        default=False,
        description="Honour pageSize and pageIndex on lists (whether the axis does is unknown).",
    )
    vxp_list_most: int = Field(
        20_000, ge=1, le=1_000_000, description="Rows of one list on the axis's wire at most."
    )
    vxp_download_above_bytes: int = Field(
        2 * 1024 * 1024,
        ge=0,
        description="Larger packets are fetched by `downloadEdoc`, smaller ones by `getEdoc`.",
    )
    forward_networks: tuple[str, ...] = Field(
        (),
        description="NETWORK=SYSTEMID rows (JSON list): a call to …/RestService/forward from there "
        "is that registered system's and needs no token of ours.",
    )
    forward_max_answer_bytes: int = Field(
        64 * 1024 * 1024, ge=1024, description="A larger answer of a destination is not passed on."
    )
    dvcqg_url: AnyHttpUrl | None = Field(
        None, description="Base of the national portal's adapter, before `/mapi/login`."
    )
    dvcqg_route: Route | None = Field(
        None,
        description="direct or security-server (`…/RestService/forward/…?dstcode=`); "
        "unset: security-server when the base ends in /RestService/forward.",
    )
    dvcqg_username: str | None = Field(None, description="Our account at the national portal.")
    dvcqg_password_file: Path | None = Field(None, description="File with its password.")
    dvcqg_push_secret_file: Path | None = Field(
        None,
        description="File with the bearer under which the national portal sends dossiers down to "
        "/api/dvcqg/TiepNhanHoSo; unset: none are taken.",
    )
    dvcqg_agency: str | None = Field(
        None, description="`madonvi` of our calls; unset: LGSP_PROVINCE."
    )
    dvcqg_dstcode: str | None = Field(
        None, description="Destination code of the portal on the adapter (`dstcode`)."
    )
    dvcqg_provider_url: str | None = Field(
        None, description="`providerurl` for a security server that asks for it."
    )
    dvcqg_session_codes: tuple[str, ...] = Field(
        ("-2",),
        description="error_code values that mean an expired session (the manual is not public).",
    )
    quality_blocks: Literal["none", "refused", "all"] = Field(
        "none",
        description="Which findings keep a dossier from being taken in: none, those the national "
        "portal would refuse, or all.",
    )
    facade_session_seconds: Seconds = Field(
        1800.0, description="How long a session lives that /mapi/login gives a provincial system."
    )
    facade_session_error_code: int = Field(
        -2, description="error_code for a wrong or expired session at /mapi/g."
    )
    facade_duplicate_error_code: int = Field(
        3, description="error_code for an insert that already exists (đã tồn tại)."
    )
    facade_error_code_form: Literal["int", "text"] = Field(
        "int", description="How our façade writes error_code: int or text."
    )
    procedures_sync_at: str = Field(
        "02:30",
        pattern=r"^(?:off|(?:[01]\d|2[0-3]):[0-5]\d)$",
        description="When the worker takes over the national list of procedures each night, "
        "Vietnam time; off: only `lgsp catalogue sync procedures` does.",
    )
    procedures_scope: Literal["own", "all"] = Field(
        "own",
        description="own: national procedures and those our province publishes; all: every one.",
    )
    procedures_withdrawn_share: float = Field(
        0.5,
        ge=0,
        le=1,
        description="A list that would switch off more than this share is not taken over.",
    )
    signature_trust_roots_file: Path | None = Field(
        None,
        description="PEM file of the root certificates that signatures may lead to; without it "
        "every signature is unverifiable.",
    )
    signature_max_bytes: int = Field(
        20 * 1024 * 1024,
        ge=1024,
        description="The signature of a larger packet or PDF is unverifiable.",
    )
    signature_seconds: Seconds = Field(
        20.0, description="Time that a look at the signatures of one file may take."
    )
    signature_processes: int = Field(
        1, ge=1, le=32, description="Processes of one gateway or worker that look at signatures."
    )
    signature_person_marks: tuple[str, ...] = Field(
        ("CCCD:", "CMND:", "HC:"),
        description="How the number in a person's certificate begins (no public text says); "
        "other certificates are an organisation's.",
    )
    duties_soon_days: int = Field(
        2, ge=0, le=60, description="A duty is due soon when its deadline is so many days off."
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
    tracking_attempts_per_minute: int = Field(
        30, ge=1, description="Looks at the public status endpoint per address and minute."
    )
    ready_outbox_depth: int = Field(
        10_000, ge=1, description="More messages due than this and /readyz says degraded."
    )
    ready_worker_seconds: Seconds = Field(
        30.0, description="A worker silent for longer and /readyz says degraded."
    )
    working_morning: str = Field(
        "07:00-11:30", pattern=_PERIOD, description="First part of the working day."
    )
    working_afternoon: str = Field(
        "13:30-17:00",
        pattern=_PERIOD,
        description="Second part of the working day; eight hours together.",
    )
    same_day_cut_off: str = Field(
        "15:00",
        pattern=_TIME,
        description="A same-day dossier received later is due the next working day.",
    )
    calendar_days_skip_holidays: bool = Field(
        default=False, description="Time limits in calendar days leave public holidays out."
    )
    after_supplement: Literal["recompute", "shift"] = Field(
        "recompute",
        description="Due date after a wait for papers: the whole period anew (the decree's way), "
        "or moved by the time waited.",
    )
    supplement_days: int = Field(
        7, ge=1, le=365, description="Working days an owner has to bring papers that are missing."
    )
    log_level: str = Field(
        "INFO", pattern="^(DEBUG|INFO|WARNING|ERROR)$", description="Least level that is logged."
    )

    @field_validator("other_members")
    @classmethod
    def _canonical(cls, codes: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(AgencyCode(code).canonical for code in codes)

    @property
    def members_beyond(self) -> tuple[AgencyCode, ...]:
        """The codes of `other_members`."""
        return tuple(AgencyCode(code) for code in self.other_members)

    @field_validator("working_afternoon")
    @classmethod
    def _is_eight_hours_with_the_morning(cls, afternoon: str, info: ValidationInfo) -> str:
        if "working_morning" in info.data:
            begins, lunch, again, ends = _minutes(info.data["working_morning"] + "-" + afternoon)
            if lunch > again or lunch - begins + ends - again != _WORKING_DAY:
                raise ValueError("with LGSP_WORKING_MORNING eight hours, one after the other")
        return afternoon

    @property
    def issuer(self) -> str:
        """Issuer and audience of our tokens: the public address without a trailing slash."""
        return str(self.public_url).rstrip("/")

    @property
    def dead_letter_after(self) -> timedelta:
        """How long a message may stay undelivered."""
        return timedelta(hours=self.dead_letter_hours)


def _minutes(times: str) -> list[int]:
    """Return times of day `HH:MM-HH:MM…` as minutes since midnight."""
    return [int(one[:2]) * 60 + int(one[3:]) for one in times.split("-")]


def setting_name(field: str) -> str:
    """Return the environment name of a field, e.g. `LGSP_DATABASE_URL`."""
    return f"LGSP_{field.upper()}"


def read_secret(setting: str, path: Path) -> SecretStr:
    """Return the text of a secret file without the white space around it.

    Raises:
        SecretFileError: if the file cannot be read or holds nothing.
    """
    try:
        text = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SecretFileError(setting, path) from error
    if not text:
        raise SecretFileError(setting, path)
    return SecretStr(text)
