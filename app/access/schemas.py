"""JSON of the token endpoint (RFC 6749) and of the key set (RFC 7517)."""

from pydantic import BaseModel, ConfigDict, Field


class TokenOut(BaseModel):
    """A successful token answer (RFC 6749 §5.1)."""

    model_config = ConfigDict(frozen=True)

    access_token: str
    token_type: str = Field("Bearer", description="Luôn là Bearer. / Always Bearer.")
    expires_in: int = Field(description="Số giây còn hiệu lực. / Seconds it is good for.")
    scope: str = Field(description="Các quyền, cách nhau dấu cách. / Scopes, space-separated.")


class TokenErrorOut(BaseModel):
    """A refused token request (RFC 6749 §5.2)."""

    model_config = ConfigDict(frozen=True)

    error: str
    error_description: str


class KeySetOut(BaseModel):
    """The public keys that sign our tokens."""

    model_config = ConfigDict(frozen=True)

    keys: list[dict[str, str]]
