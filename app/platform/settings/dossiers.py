"""Settings of dossiers: the national portal, both ways, working time, quality."""

from enum import StrEnum
from pathlib import Path
from typing import Final, Literal

from pydantic import AnyHttpUrl, BaseModel, Field, ValidationInfo, field_validator

from app.codes import AgencyCode, ProcedureCode
from app.platform.settings.kinds import Seconds

_TIME: Final = r"^([01]\d|2[0-3]):[0-5]\d$"
_PERIOD: Final = r"^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$"
_WORKING_DAY: Final = 8 * 60


class Route(StrEnum):
    """How calls to a national service travel."""

    DIRECT = "direct"
    SECURITY_SERVER = "security-server"


class DossierSettings(BaseModel):
    """What dossiers need; `Settings` has them all."""

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
    promotion_agencies: dict[str, str] = Field(
        {},
        description="Who receives promotion notices of the national portal, by procedure: "
        '{"2.900001": "H38.12"}; a procedure that is not in it is answered with -1.',
    )
    promotion_reply: Literal["error_code", "status"] = Field(
        "error_code",
        description="How a promotion notice is answered: error_code 0, 1, -1, or status 200, 201, "
        "500 for taken, known already, refused (two known receivers differ).",
    )
    received_file_bytes: int = Field(
        10 * 2**20, ge=1, description="Largest file taken with a dossier that was born elsewhere."
    )
    dvcqg_files_url: AnyHttpUrl | None = Field(
        None,
        description="Base below which files lie that the nation names in a change of a promotion "
        "notice; getfile fetches nothing else. Unset: it fetches none.",
    )
    deep_link_authorize_url: AnyHttpUrl | None = Field(
        None,
        description="Where signing on begins for a citizen whom the national portal's link leads "
        "to /api/dvcqg/NopHoSo; unset, with the two after it: the filing page begins it itself.",
    )
    deep_link_client_id: str | None = Field(None, description="Our client_id there.")
    deep_link_redirect_uri: AnyHttpUrl | None = Field(
        None, description="Where signing on leads back to; the page stands in `state`, in base64."
    )
    deep_link_session_cookie: str = Field(
        "lgsp_citizen", description="Cookie of whoever has signed on; they go straight to the page."
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
    tracking_attempts_per_minute: int = Field(
        30, ge=1, description="Looks at the public status endpoint per address and minute."
    )
    public_reads_per_minute: int = Field(
        600, ge=1, description="Readings of public lists and pages per address and minute."
    )
    opinions_per_minute: int = Field(
        5, ge=1, description="Opinions that one address may send in a minute."
    )
    opinion_days: int = Field(
        15, ge=1, le=365, description="Working days in which an opinion must be answered."
    )
    seen_days: int = Field(
        7, ge=1, description="A connected member that did something in so many days is in use."
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
    also_suspended_by: tuple[Literal["payment", "stop"], ...] = Field(
        (),
        description="What else keeps the time from counting, beside a wait for papers: payment (a "
        "fee that is asked for), stop. Not publicly known; the nation subtracts only papers.",
    )
    apology_rule: Literal["warn", "refuse", "off"] = Field(
        "warn",
        description="An apology with a new due date on the due day or later: marked as late, "
        "refused, or like any other (NĐ 61/2018 asks for a day before; to be confirmed).",
    )

    @field_validator("promotion_agencies")
    @classmethod
    def _are_codes(cls, mapped: dict[str, str]) -> dict[str, str]:
        return {ProcedureCode(code): AgencyCode(agency) for code, agency in mapped.items()}

    max_file_bytes: int = Field(
        100 * 1024 * 1024,
        ge=1024,
        description="A larger upload of a paper or result of a dossier is answered with 413.",
    )
    file_grace_hours: float = Field(
        24.0, gt=0, description="An uploaded file that no dossier came to name is deleted then."
    )
    file_link_hours: float = Field(
        72.0,
        gt=0,
        le=24 * 90,
        description="How long the link to a file lives that a pushed record names; made anew at "
        "each push.",
    )
    file_view_minutes: float = Field(
        15.0, gt=0, le=60 * 24, description="How long the link to a file lives that a client gets."
    )
    file_fetch_hours: float = Field(
        24.0,
        ge=0,
        description="A file that the national portal has not fetched so long after a record named "
        "it is a finding (what the portal does is inferred); 0: never.",
    )
    reuse_days: int = Field(
        30,
        ge=1,
        description="How long a search for earlier results may be followed by their reuse.",
    )
    facade_file_form: Literal["text", "json"] = Field(
        "text",
        description="How our façade's getfile writes its base64: bare, or as a JSON string (which "
        "one is unknown).",
    )

    @field_validator("working_afternoon")
    @classmethod
    def _is_eight_hours_with_the_morning(cls, afternoon: str, info: ValidationInfo) -> str:
        if "working_morning" in info.data:
            begins, lunch, again, ends = _minutes(info.data["working_morning"] + "-" + afternoon)
            if lunch > again or lunch - begins + ends - again != _WORKING_DAY:
                raise ValueError("with LGSP_WORKING_MORNING eight hours, one after the other")
        return afternoon


def _minutes(times: str) -> list[int]:
    """Return times of day `HH:MM-HH:MM…` as minutes since midnight."""
    return [int(one[:2]) * 60 + int(one[3:]) for one in times.split("-")]
