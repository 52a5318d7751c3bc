"""Settings of the shared national services behind the nation's gateway (NGSP)."""

from pathlib import Path
from typing import Final, Literal

from pydantic import AnyHttpUrl, BaseModel, Field

from app.platform.settings.kinds import Seconds

CONTEXTS: Final = {
    "catalogues": "dmdc/1.0",
    "vehicles": "apiGTVT",
    "enterprises": "apiCSDLDKDN/1.0",
    "registered-businesses": "apiDKKD",
    "civil-status": "apiHoTichTuPhap",
    "linked-registration": "apiLienThongHoTich",
    "insurance": "apiBHXH",
}
"""Context and version of each service, where its clients see it."""


class NgspSettings(BaseModel):
    """What look-ups need; without address, key and secret no service of the gateway is asked."""

    ngsp_url: AnyHttpUrl | None = Field(
        None,
        description="Base of the nation's gateway to shared services, before `/{context}/…`; "
        "unset: none is asked.",
    )
    ngsp_token_url: AnyHttpUrl | None = Field(
        None, description="Where it gives tokens; unset: `/token` below the base."
    )
    ngsp_key: str | None = Field(None, description="Our consumer key there.")
    ngsp_secret_file: Path | None = Field(None, description="File with the consumer secret.")
    ngsp_application: str = Field(
        "", max_length=100, description="Our name there (`AppName`), for adapters that want it."
    )
    ngsp_token_style: Literal["basic", "form"] = Field(
        "basic", description="How key and secret are sent: Basic, or as client_id in the form."
    )
    ngsp_token_margin_seconds: Seconds = Field(
        60.0, description="A token is renewed so long before it expires."
    )
    ngsp_timeout_seconds: Seconds = Field(
        20.0, description="Time-out of one question to a service; somebody waits at a counter."
    )
    ngsp_contexts: dict[str, str] = Field(
        {},
        description="Context and version of services that stand elsewhere than NGSP has them: "
        '{"enterprises": "apiCSDLDKDN"}.',
    )
    ngsp_enterprises_generation: Literal[1, 2] = Field(
        1,
        description="Which interface the business register has: 1 (apiCSDLDKDN), 2 (apiDKKD, for "
        "household businesses and co-operatives always).",
    )

    ngsp_civil_status_generation: Literal[1, 2] = Field(
        2,
        description="Which interface civil status has: 1 (apiHoTichTuPhap, XML in JSON), 2 (linked "
        "registration, JSON in JSON; its context is not public, apiLienThongHoTich is ours).",
    )
    lookup_database_codes: dict[str, str] = Field(
        {"population": "1", "enterprises": "2", "insurance": "3"},
        description="`MaCSDL` by service: how the nation calls the database that a dossier used "
        "(its codes are not public); a service that is not in it is not written into dossiers.",
    )
    insurance_found_states: tuple[str, ...] = Field(
        ("1",), description="`trangThai` of social insurance that is an answer (not public)."
    )
    insurance_none_states: tuple[str, ...] = Field(
        ("0",), description="`trangThai` that says nobody fits; any other is a refusal."
    )

    def context_of(self, service: str) -> str:
        """Return context and version of a service, without a slash at the ends."""
        return self.ngsp_contexts.get(service, CONTEXTS[service]).strip("/")
