"""Settings of the population database."""

from pathlib import Path
from typing import Literal

from pydantic import AnyHttpUrl, BaseModel, Field


class PopulationSettings(BaseModel):
    """What looking citizens up needs; without address, user and secret nobody is looked up."""

    population_url: AnyHttpUrl | None = Field(
        None, description="Where the population database is called; unset: nobody is looked up."
    )
    population_signed_url: str | None = Field(
        None,
        description="The address that is hashed into each call (`sv_url`), letter for letter; "
        "unset: the one that is called.",
    )
    population_user: str | None = Field(
        None, pattern=r"^[^:\s]{1,200}$", description="Our account there."
    )
    population_secret_file: Path | None = Field(None, description="File with its secret.")
    population_face: Literal["soap", "message", "wrapped", "flat"] = Field(
        "soap",
        description="How it is spoken to: soap, or as a provincial gateway puts it: message (flat "
        "JSON, answered with the XML as a text), wrapped (tokens, hash and XML in one JSON), flat "
        "(flat JSON under our token at the gateway, answered with JSON).",
    )
    population_timestamp: Literal["milliseconds", "seconds"] = Field(
        "milliseconds", description="Unit of the `Timestamp` header (known clients differ)."
    )
    population_name: Literal["folded", "upper"] = Field(
        "folded",
        description="How a name is sent: folded (capital letters without diacritics and spaces), "
        "or upper (capital letters alone).",
    )
    population_officer: str = Field(
        "LGSP", min_length=1, max_length=100, description="`MaCanBo` where no officer is named."
    )
    population_service: str = Field(
        "LGSP", min_length=1, max_length=100, description="`MaDVC` of a look-up without a dossier."
    )
    population_unit: str | None = Field(
        None, max_length=100, description="`MaDonVi`; unset: not written."
    )
    population_account: str | None = Field(
        None, max_length=100, description="`TaiKhoan`; unset: not written."
    )
    population_x_road_client: str | None = Field(
        None,
        pattern=r"^[^/\s]+(?:/[^/\s]+){2,3}$",
        description="`X-Road-Client` of calls through a security server; unset: not written.",
    )
    population_api_key_file: Path | None = Field(
        None, description="File with the `ApiKey` that newer interfaces want; unset: not written."
    )
    population_fields: tuple[str, ...] = Field(
        ("citizen_id", "full_name", "sex", "born_on", "born_year", "residence"),
        description="What of a citizen is told to clients whose grant does not say otherwise.",
    )
