"""What several kinds of errands have in common, coming in."""

from typing import Annotated, Any, Final, Self

from pydantic import Field, StringConstraints, model_validator

from app.errands.domain import Facts, Kind, New
from app.fields import AgencyCode, DossierCode, Line
from app.platform.wire import ApiModel

MaybeLine = Annotated[str, StringConstraints(max_length=500, pattern=r"^[^\x00-\x1f\x7f]*$")]
"""Text of one line that may be empty."""

PART_OF_DATE = r"^\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?$"
Part = Annotated[str, StringConstraints(pattern=PART_OF_DATE)]
"""A year, a month or a day: 1990, 1990-05 or 1990-05-02."""

MaybePart = Annotated[str, StringConstraints(pattern=rf"(?:{PART_OF_DATE})|^$")]

Number = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9./\-]*$", max_length=50),
    Field(
        description="Số hiệu mà dịch vụ quốc gia sẽ biết; bỏ trống thì là mã hồ sơ. / What the "
        "national service knows it by; the dossier's code if absent.",
        examples=["H38.12-261102-0007"],
    ),
]


class ErrandIn(ApiModel):
    """Việc gửi dịch vụ quốc gia. / What every errand says first."""

    dossier_code: DossierCode | None = Field(
        None,
        description="Hồ sơ mà việc này thuộc về. / The dossier that the errand is of.",
    )
    agency_code: AgencyCode | None = Field(
        None,
        description="Đơn vị gửi, khi không có hồ sơ; bỏ trống thì là đơn vị của ứng dụng. / The "
        "agency, where there is no dossier; the client's own if absent.",
    )
    number: Number | None = None

    @model_validator(mode="after")
    def _one_name(self) -> Self:
        if self.dossier_code is None and self.number is None:
            raise ValueError("a dossier_code or a number is needed")
        if self.dossier_code is not None and self.agency_code is not None:
            raise ValueError("with a dossier_code there is no agency_code: it is the dossier's")
        return self

    def facts(self) -> Facts:
        """Return what is asked for, as plain JSON values, without what every errand has."""
        kept: dict[str, Any] = self.model_dump(
            mode="json", exclude={"dossier_code", "agency_code", "number"}
        )
        return kept

    def wanted(self, kind: Kind, digest: str) -> New:
        """Return the errand that is asked for."""
        return New(
            kind,
            self.facts(),
            digest,
            number=self.number,
            dossier=self.dossier_code,
            agency=self.agency_code,
        )


class CancellationIn(ApiModel):
    """Huỷ một việc. / Why an errand is cancelled."""

    reason: Annotated[Line, Field(max_length=500)] = Field(
        description="Lý do huỷ, hiện cùng diễn biến. / Why; it is shown with what happened."
    )


CANCELLATION: Final[dict[str, Any]] = {"reason": "Người dân đến nhận trực tiếp"}
"""The example that the document shows."""

Name = Annotated[Line, Field(max_length=250)]
Words = Annotated[Line, Field(max_length=500)]
