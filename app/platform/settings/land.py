"""Settings of the land system (VBDLIS or iLIS) and its wire towards the one-stop system."""

from pathlib import Path
from typing import Literal

from pydantic import AnyHttpUrl, BaseModel, Field


class LandSettings(BaseModel):
    """How dossiers reach the land system; without its address they stay owed."""

    land_url: AnyHttpUrl | None = Field(
        None,
        description="Base of the land system's operations for one-stop systems; unset: what is "
        "handed over stays owed.",
    )
    land_dialect: Literal["vbdlis", "ilis"] = Field(
        "vbdlis",
        description="Which land system it is: vbdlis (no credential of its own is known), ilis "
        "(a token by user and client).",
    )
    land_token_url: AnyHttpUrl | None = Field(
        None, description="Where iLIS gives tokens; unset: `token` below its base."
    )
    land_client: str | None = Field(None, description="Our client id at iLIS.")
    land_client_secret_file: Path | None = Field(
        None, description="File with the secret of our client at iLIS."
    )
    land_username: str | None = Field(None, description="Our user name at iLIS.")
    land_password_file: Path | None = Field(None, description="File with our password at iLIS.")
    land_province_id: int = Field(
        0, ge=0, description="Number of our province in the land system (`TinhId`)."
    )
    land_workflows: dict[str, str] = Field(
        {},
        description="The land system's own workflow (`MaQuyTrinh`) by our procedure code: "
        '{"1.012756": "QT-01"}; a procedure that is not in it goes under its own code.',
    )
    land_moment_format: str = Field(
        "%d/%m/%Y %H:%M:%S",
        description="How moments are written to the land system (not publicly known), as strftime "
        "writes them, in Vietnam's time.",
    )
    land_known_words: tuple[str, ...] = Field(
        ("đã được tiếp nhận", "đã tồn tại"),
        description="Words of a refusal that say that the land system has it already (not "
        "publicly known); it then counts as told.",
    )
    land_paper_bytes: int = Field(
        20 * 2**20,
        gt=0,
        description="Bytes of papers that go with a dossier at most; all stand in one message.",
    )
    land_result_form: Literal["boolean", "number"] = Field(
        "boolean",
        description="How `Result` is written to the land system: true and false, or 1 and 0.",
    )
    land_staff: dict[str, str] = Field(
        {},
        description="Accounts of the one-stop system that the land system may know "
        '(`GetDanhMucNguoiDung`), by name: {"cb.mot-cua": "Nguyễn Văn A"}.',
    )
    land_tax_paid_statuses: tuple[str, ...] = Field(
        ("1",),
        description="Codes of TrangThaiThanhToan that say that a tax voucher is paid (not publicly "
        "known).",
    )
    land_voucher_address: str | None = Field(
        None,
        pattern=r"^[A-Za-z0-9/_-]+$",
        description="Where, below its base, the land system takes vouchers of tax payments (not "
        "publicly known whether it does); unset: none is handed on.",
    )
    land_tax_asks_payment: bool = Field(
        default=True,
        description="Tax notices that come make a dossier in hand wait for payment (status 6).",
    )
