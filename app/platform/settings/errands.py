"""Settings of what is placed with shared national services: postal orders, judicial records."""

from pathlib import Path
from typing import Literal

from pydantic import AnyHttpUrl, BaseModel, Field


class ErrandSettings(BaseModel):
    """What errands need besides the nation's gateway; without it they stay owed."""

    postal_context: str = Field(
        "apiVNPostNGSP/p1.0",
        description="Context and version of VNPost at the nation's gateway.",
    )
    postal_customer: str | None = Field(
        None,
        max_length=50,
        description="Our customer code at VNPost (`CustomerCode`); unset: orders stay owed.",
    )
    postal_addresses: tuple[str, str, str, str] = Field(
        ("order/post", "order/cancel", "order/tracking", "order/price"),
        description="Where VNPost takes orders, cancellations, the feed and prices; only the first "
        "is publicly known.",
    )
    postal_follow_minutes: float = Field(
        15.0, gt=0, le=1440, description="How often the tracking feed of VNPost is read."
    )
    postal_final_statuses: tuple[str, ...] = Field(
        ("4",), description="`StatusCode` after which an order is over (only 4 is publicly known)."
    )
    postal_cancelled_statuses: tuple[str, ...] = Field(
        ("5",), description="`StatusCode` of a cancelled order (not publicly known)."
    )
    licence_context: str = Field(
        "apiDVC-GPLX/tcdbdvcdata",
        description="Where the driving-licence system stands at the nation's gateway.",
    )
    licence_username: str | None = Field(None, description="Our name there; unset: not asked.")
    licence_password_file: Path | None = Field(None, description="File with the password.")
    vehicle_key_file: Path | None = Field(
        None, description="File with our key (`ApiKey`) of transport's list; unset: not asked."
    )
    catalogue_data_services: dict[str, str] = Field(
        {},
        description="Shared catalogues that stand as data services in XML, by their names, each "
        'with its context: {"gioitinh": "dldc/1.0.0"}.',
    )
    emc_url: AnyHttpUrl | None = Field(
        None,
        description="Address of the monitoring centre that takes `TrackingMCDT`; unset: what it is "
        "to be told stays owed.",
    )
    emc_site: int = Field(0, ge=0, description="Our number there (`SiteId`).")
    emc_profile: str = Field("", max_length=100, description="Our profile (`CodeProfile`).")
    emc_location: str = Field("", max_length=10, description="Code of our province (`LOCATION`).")
    judicial_generation: Literal[0, 1, 2] = Field(
        0,
        description="Which interface judicial records have: 1 (apiLyLichTuPhap), 2 (central system "
        "with a key in the body), 0: none, they stay owed.",
    )
    judicial_context: str = Field(
        "apiLyLichTuPhap/1.0", description="Context and version of the first generation."
    )
    judicial_prefix: str = Field(
        "LLTP-API-", description="Before the first generation's names, but for nhanHoSoDangKy."
    )
    judicial_department: str = Field(
        "", max_length=50, description="Our department of justice there (`idMinistryJustice`)."
    )
    judicial_central_context: str = Field(
        "apiLLTP/1.0", description="Context of the second generation (not publicly known)."
    )
    judicial_central_addresses: tuple[str, str] = Field(
        ("guiHoSo", "traCuuHoSo"),
        description="Where the second generation takes declarations and questions (not publicly "
        "known).",
    )
    judicial_key_file: Path | None = Field(
        None, description="File with the key of the second generation (`authKey`)."
    )
    judicial_file_bytes: int = Field(
        20 * 2**20,
        gt=0,
        description="Bytes of files that go with an application for a record at most.",
    )
    judicial_code_file: Path | None = Field(
        None,
        description="File with the code (`CodeGet`) under which applications for records are "
        "handed to us; unset: none are taken.",
    )
    judicial_agency: str = Field(
        "", max_length=35, description="Agency here that handles applications handed to us."
    )
    judicial_procedure: str = Field(
        "", max_length=50, description="Procedure of applications handed to us."
    )
    judicial_province: tuple[str, str] = Field(
        ("", ""), description="Code and name of our province there (`maTinh`, `tenTinh`)."
    )
    judicial_return_address: str | None = Field(
        None,
        description="Path below the nation's gateway to which records asked for at the portal of "
        "linked services are returned, `v2/lyLichTuPhap/traKetQuaHoSoLLTP`; unset: they stay owed.",
    )
    judicial_ask_minutes: float = Field(
        60.0, gt=0, le=1440, description="A record is asked about after so long, then less often."
    )
    judicial_ask_days: float = Field(
        60.0, gt=0, le=366, description="After so long it is asked about no more."
    )
