"""Settings of sign-on: citizens who come with an account of the national portal."""

from pathlib import Path

from pydantic import AnyHttpUrl, BaseModel, Field

from app.platform.settings.kinds import Seconds


class SignOnSettings(BaseModel):
    """What sign-on needs; without the first three settings no account is known here."""

    sign_on_issuer: str | None = Field(
        None,
        min_length=1,
        description="Who issues the id_token of citizens (`iss`), letter for letter; unset: "
        "dossiers are looked up with a tracking code only.",
    )
    sign_on_client_id: str | None = Field(
        None, min_length=1, description="Our client id there: the token's audience (`aud`)."
    )
    sign_on_jwks_url: AnyHttpUrl | None = Field(
        None, description="Where the issuer publishes its keys (JWKS)."
    )
    sign_on_keys_seconds: Seconds = Field(
        3600.0, description="How long its keys are taken as they were read."
    )
    sign_on_leeway_seconds: float = Field(
        60.0, ge=0, le=300, description="How far its clock may be from ours."
    )
    sign_on_authorize_url: AnyHttpUrl | None = Field(
        None,
        description="Where people sign in; with the token address, our secret and "
        "LGSP_ENCRYPTION_KEY_FILE the pages offer it. Our address there is …/dang-nhap.",
    )
    sign_on_token_url: AnyHttpUrl | None = Field(
        None, description="Where a code is changed for an id_token."
    )
    sign_on_client_secret_file: Path | None = Field(None, description="File with our secret there.")
    sign_on_session_minutes: float = Field(
        15.0, gt=0, le=240, description="How long a person stays signed in on the pages."
    )
