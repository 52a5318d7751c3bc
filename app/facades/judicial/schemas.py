"""An application for a judicial record as it is handed to us; what we do not read is kept."""

import base64
import binascii
from datetime import datetime
from typing import Annotated, Any, Final

from pydantic import ConfigDict, Field, StringConstraints

from app.codes import AgencyCode, DossierCode, ProcedureCode
from app.dossiers.domain.filing import (
    Agency,
    Applicant,
    ApplicantKind,
    Channel,
    Facts,
    FiledProcedure,
    Filing,
    Identity,
    IdentityType,
    ResultDelivery,
    Times,
)
from app.dossiers.domain.intake import Intake, IntakeSource
from app.dossiers.domain.received import ReceivedFile
from app.exchange.dvcqg.wire.fields import Listed, PortalFact, Scalar
from app.facades.dvcqg.domain import InvalidRecordError
from app.facades.judicial.domain import ForeignCodeError
from app.platform.contents import Content

_DIGITS: Final = {9: IdentityType.IDENTITY_CARD, 12: IdentityType.CITIZEN_ID}
_FORMS: Final = {"1": "Phiếu lý lịch tư pháp số 1", "2": "Phiếu lý lịch tư pháp số 2"}
_ENCODED: Final = 4 / 3

Name = Annotated[str, StringConstraints(pattern=r"^[^\x00-\x1f\x7f]{1,250}$")]
Short = Annotated[Scalar, StringConstraints(pattern=r"^[^\x00-\x1f\x7f]{0,100}$")]
Line = Annotated[Scalar, StringConstraints(pattern=r"^[^\x00-\x1f\x7f]{0,500}$")]


class AddressSaid(PortalFact):
    """An address; its codes are kept, its words are read."""

    model_config = ConfigDict(extra="allow")

    street: Line = Field("", alias="dcChiTiet", repr=False)
    commune: Line = Field("", alias="tenPhuongXa")
    province: Line = Field("", alias="tenTinhThanh")

    @property
    def line(self) -> str:
        """It in one line."""
        return ", ".join(part for part in (self.street, self.commune, self.province) if part)


class FileSaid(PortalFact):
    """One of `giayToDinhKem`; its names are those of `fileHoSo`."""

    kind: Line = Field("", alias="tenLoaiFile")
    name: Name = Field(alias="tenFile")
    content: Annotated[str, StringConstraints(min_length=1)] = Field(
        alias="noiDungFile", repr=False
    )


class FormSaid(PortalFact):
    """`toKhai`."""

    model_config = ConfigDict(extra="allow")

    form: Annotated[Scalar, StringConstraints(pattern=r"^[12]$")] = Field(alias="loaiPhieu")
    full_name: Name = Field(alias="nycHoTen", repr=False)
    identity_number: Annotated[Scalar, StringConstraints(pattern=r"^[A-Za-z0-9]{5,20}$")] = Field(
        alias="nycSoGiayTo", repr=False
    )
    phone: Short = Field("", alias="nycDienThoai", repr=False)
    email: Short = Field("", alias="nycEmail", repr=False)
    residence: AddressSaid | None = Field(None, alias="nycThuongTru", repr=False)
    papers: Annotated[tuple[FileSaid, ...], Listed] = Field(
        (), alias="giayToDinhKem", max_length=50, repr=False
    )


class Declared(PortalFact):
    """`TaoHoSo`."""

    model_config = ConfigDict(extra="allow")

    number: Annotated[str, StringConstraints(min_length=1, max_length=50)] = Field(
        alias="maHoSoMCDT"
    )
    province: Short = Field("", alias="maTinh")
    received_on: Short = Field("", alias="ngayTiepNhan")
    form: FormSaid = Field(alias="toKhai", repr=False)

    def code(self, agency: AgencyCode) -> DossierCode:
        """Return its code, which must be one of the agency's.

        Raises:
            ForeignCodeError: if it is none.
        """
        try:
            code = DossierCode(self.number)
        except ValueError:
            raise ForeignCodeError from None
        if AgencyCode(code.rsplit("-", 2)[0]).canonical != agency.canonical:
            raise ForeignCodeError
        return code

    def filing(self, agency: AgencyCode, procedure: ProcedureCode, now: datetime) -> Filing:
        """Return what was filed, online and now."""
        form = self.form
        kind = _DIGITS.get(len(form.identity_number), IdentityType.OTHER)
        if not form.identity_number.isdecimal():
            kind = IdentityType.OTHER
        return Filing(
            procedure=FiledProcedure(procedure, "", "", ""),
            agency=Agency(agency, ""),
            channel=Channel.ONLINE,
            applicant=Applicant(
                kind=ApplicantKind.CITIZEN,
                full_name=form.full_name,
                identity=Identity(kind, form.identity_number),
                phone=form.phone or None,
                email=form.email or None,
                address=(form.residence.line or None) if form.residence else None,
            ),
            summary=_FORMS[form.form],
            times=Times(now, submitted_at=now),
            result_delivery=ResultDelivery.DIRECT,
            intake=Intake(IntakeSource.PORTAL, reference=self.number),
        )

    def files(self, *, longest: int) -> tuple[ReceivedFile, ...]:
        """Return its files, each at most so many bytes.

        Raises:
            InvalidRecordError: names the first that is no base64, empty or too large.
        """
        return tuple(
            ReceivedFile(paper.name, Content.of(_decoded(paper.content, place, longest)))
            for place, paper in enumerate(self.form.papers)
        )

    def said(self) -> Facts:
        """Return what it says in its own words, without the bytes of its files."""
        told: dict[str, Any] = self.model_dump(mode="json", by_alias=True)
        told["toKhai"]["giayToDinhKem"] = [paper.name for paper in self.form.papers]
        return told


def _decoded(text: str, place: int, longest: int) -> bytes:
    at = f"toKhai.giayToDinhKem.{place}.noiDungFile"
    if len(text) > (longest + 3) * _ENCODED:
        raise InvalidRecordError(f"{at}: quá lớn")
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise InvalidRecordError(f"{at}: không phải base64") from None
    if not data or len(data) > longest:
        raise InvalidRecordError(f"{at}: {'quá lớn' if data else 'tệp rỗng'}")
    return data
