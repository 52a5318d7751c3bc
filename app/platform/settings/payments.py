"""Settings of online payments: the payment platform of the national portal."""

from pathlib import Path
from typing import Literal

from pydantic import AnyHttpUrl, BaseModel, Field


class PaymentSettings(BaseModel):
    """What online payments need; without the first three settings nothing is paid online."""

    payment_url: AnyHttpUrl | None = Field(
        None,
        description="Address of the payment platform (PhienBan 1.0.6), which takes INIT, QUERY and "
        "GET_BILL; unset: nothing is paid online.",
    )
    payment_partner: str | None = Field(
        None, pattern=r"^[^|\s]{1,50}$", description="Our partner code there (`MaDoiTac`)."
    )
    payment_secret_file: Path | None = Field(
        None, description="File with the secret that both sides sign with (`MaXacThuc`)."
    )
    payment_bearer_file: Path | None = Field(
        None, description="File with the bearer of a gateway before the platform; unset: none."
    )
    payment_account: str = Field(
        "", max_length=50, description="Account that money goes to (`TKThuHuong`)."
    )
    payment_account_bank: str = Field(
        "", max_length=50, description="Code of its bank (`MaNHThuHuong`)."
    )
    payment_account_holder: str = Field(
        "", max_length=250, description="Its holder (`TenTKThuHuong`)."
    )
    payment_service_suffix: str = Field(
        ".01", max_length=10, description="What makes an online service (`MaDVC`) of a procedure."
    )
    payment_counted_as: Literal["national_portal", "province_gateway"] = Field(
        "national_portal",
        description="How the nation counts what is paid there: on its portal "
        "(`DuocThanhToanTrucTuyen` 1) or on the province's own gateway (2).",
    )
    payment_paid_states: tuple[str, ...] = Field(
        ("1",), description="`TrangThaiGD` of a paid transaction (the codes are not public)."
    )
    payment_failed_states: tuple[str, ...] = Field(
        ("2",), description="`TrangThaiGD` of a failed one; any other still waits."
    )
    payment_again_minutes: float = Field(
        15.0, ge=0, le=1440, description="After so long another payment of a dossier may begin."
    )
    payment_ask_minutes: float = Field(
        15.0,
        gt=0,
        le=1440,
        description="A payment that waits so long is asked about, then ever less often.",
    )
    payment_ask_hours: float = Field(
        72.0, gt=0, le=720, description="After so long it is asked about no more."
    )
