"""What the sheets call unknown, inferred or differing: one setting each, with our default."""

from datetime import timedelta
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field


def _seconds(value: object) -> object:
    """A text of digits alone is a number of seconds, `0` too, which pydantic takes for no time."""
    return int(value) if isinstance(value, str) and value.isdecimal() else value


def _folder(path: str) -> str:
    if path and not Path(path).is_dir():
        raise ValueError("is no folder")
    return path


Seconds = Annotated[timedelta, BeforeValidator(_seconds)]


class Settings(BaseModel, frozen=True, extra="forbid"):
    """Every `--set NAME=VALUE` of `mock-ngsp serve`; a name is written with dashes there."""

    session_ttl: Seconds = Field(
        timedelta(minutes=30), ge=timedelta(0), description="Seconds a portal session lives."
    )
    session_error_code: int = Field(
        -2, description="error_code for a wrong or expired portal session."
    )
    error_code_form: Literal["int", "text"] = Field(
        "int", description="How error_code is written: int or text."
    )
    duplicate_error_code: int = Field(
        3, description="error_code for an insert that already exists (đã tồn tại)."
    )
    progress_repeats: Literal["accept", "refuse"] = Field(
        "accept", description="An identical progress row: accept (stored once) or refuse."
    )
    sent_back: Literal["refuse", "accept"] = Field(
        "refuse", description="Moves back to 2 or 4 from 4, 8 and 9: refuse or accept."
    )
    further_procedures: int = Field(
        0, ge=0, le=100_000, description="Invented procedures published beside the six samples."
    )
    fetch_files: Literal["loopback", "all", "off"] = Field(
        "loopback",
        description="Which files that a pushed record names the portal fetches: those on this "
        "machine, all, or none (off).",
    )
    fetch_time: Seconds = Field(
        timedelta(seconds=30),
        ge=timedelta(0),
        description="Seconds that fetching one file may take.",
    )
    fetch_bytes: int = Field(200 * 2**20, gt=0, description="Largest file that the portal fetches.")
    doc_id_form: Literal["hex24", "uuid"] = Field(
        "hex24", description="Shape of the axis's docId: hex24 or uuid."
    )
    rewriting: Literal["vendor", "in-order", "off"] = Field(
        "vendor",
        description="Packets in transit: written anew in the vendor's order (DocumentId before "
        "Code), anew in their own order, or left off.",
    )
    axis_node: str = Field(
        "001.00.00.W00", description="OrganId of the TraceHeader that rewriting appends."
    )
    relist_after_fail: int = Field(
        3, ge=0, description="How many times a package stays listed after updateStatus fail."
    )
    dedupe_window: Seconds = Field(
        timedelta(hours=1),
        ge=timedelta(0),
        description="Seconds in which the same file of the same system is a repeat.",
    )
    keep_after_done: Seconds = Field(
        timedelta(hours=1),
        ge=timedelta(0),
        description="Seconds a package can still be fetched after its last delivery left the list.",
    )
    to_strangers: Literal["refuse", "deliver"] = Field(
        "refuse",
        description="Somebody in the header to of sendEdoc whom the packet does not name: refuse "
        "or deliver.",
    )
    bare_to: Literal["ignore", "take"] = Field(
        "ignore",
        description="One bare code in that header: ignore it as left over, or take it as the only "
        "recipient.",
    )
    memory_bytes: int = Field(
        64 * 2**10,
        ge=0,
        description="Packets larger than this wait in a temporary file, others in memory.",
    )
    spool_folder: Annotated[str, AfterValidator(_folder)] = Field(
        "", description="Where the folder of those files is made; the system's own place if empty."
    )
    agencies: int = Field(
        0, ge=0, le=300_000, description="Synthetic units that the directory lists besides its own."
    )
    paging: bool = Field(
        default=False, description="Honour pageSize and pageIndex on lists: true or false."
    )
    require_headers: bool = Field(
        default=False,
        description="Refuse a signed parameter that is not also sent as its own header.",
    )
    provider: str = Field(
        "VN:GOV:000.00.00.G22:vpcpdvcprovider",
        description="The portal's dstcode behind a security server.",
    )
    ngsp_token_ttl: Seconds = Field(
        timedelta(hours=1), gt=timedelta(0), description="Seconds a token of the services lives."
    )
    ngsp_faults: Literal["json3", "json4", "xml"] = Field(
        "json3",
        description="Shape of the faults of the gateway before the services: json3 (WSO2 2.x and "
        "3.x), json4 or xml.",
    )
    ngsp_slow: Seconds = Field(
        timedelta(seconds=30),
        ge=timedelta(0),
        description="Seconds by which a magic value makes an answer of a service late.",
    )
    dancu_sv_url: str = Field(
        "http://dancu.mock/sv",
        description="The address that callers of the population database sign (sv_url).",
    )
    dancu_window: Seconds = Field(
        timedelta(0),
        ge=timedelta(0),
        description="Seconds that a Timestamp there may be off; at 0 it is not looked at.",
    )
    max_packet_bytes: int = Field(2**30, gt=0, description="Largest body of a sendEdoc taken.")
    max_body_bytes: int = Field(
        100 * 2**20, gt=0, description="Largest body of any other request read."
    )
    record_entries: int = Field(200_000, gt=0, description="Requests the record keeps at most.")
    record_bytes: int = Field(
        256 * 2**20, gt=0, description="Bytes of bodies the record keeps at most."
    )


DEFAULTS = Settings()


def lines() -> list[str]:
    """One line for each setting: its name, default and meaning."""
    shown = DEFAULTS.model_dump()
    return [
        f"{name.replace('_', '-')}={_plain(shown[name])}  {field.description}"
        for name, field in Settings.model_fields.items()
    ]


def _plain(value: object) -> str:
    if isinstance(value, timedelta):
        return f"{value.total_seconds():.0f}"
    return str(value).lower() if isinstance(value, bool) else str(value)
