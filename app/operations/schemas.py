"""JSON of the health and problem pages."""

from pydantic import BaseModel, ConfigDict, Field

from app.fields import Moment


class LiveOut(BaseModel):
    """The process answers."""

    model_config = ConfigDict(frozen=True)

    status: str


class ReadyOut(BaseModel):
    """Whether the gateway can do its work, and what hinders it."""

    model_config = ConfigDict(frozen=True)

    status: str = Field(description="ready | degraded | unavailable")
    reasons: list[str] = Field(
        description="database-unreachable, migrations-behind, worker-silent, outbox-deep"
    )


class ProblemKindOut(BaseModel):
    """A kind of problem, as the catalogue describes it."""

    model_config = ConfigDict(frozen=True)

    slug: str
    status: int
    title: str
    title_en: str
    meaning: str


class EntryOut(BaseModel):
    """One act in the evidence log."""

    model_config = ConfigDict(frozen=True)

    number: int
    at: Moment
    client_id: str
    member: str
    act: str = Field(examples=["dossier.submit"])
    subject: str = Field(examples=["dossier:H38.12-261102-0007"])
    digest: str | None = Field(description="SHA-256 của nội dung gửi. / SHA-256 of the body.")
    outcome: str = Field(description="done, hoặc mã lỗi. / done, or the problem's slug.")
    request_id: str
