"""A dossier that the land system received itself and passes to the one-stop system."""

from collections.abc import Mapping
from typing import Annotated, Final

from pydantic import Field, StringConstraints

from app.codes import AgencyCode, ProcedureCode
from app.dossiers.domain.filing import (
    Agency,
    Applicant,
    ApplicantKind,
    Channel,
    FiledProcedure,
    Filing,
    Identity,
    IdentityType,
    ResultDelivery,
    Times,
)
from app.exchange.dvcqg.wire.fields import PortalFact, Scalar
from app.facades.dvcqg.domain import InvalidRecordError
from app.facades.land.domain import UnmappedWorkflowError
from app.facades.land.schemas.words import Line, Moment, Name, Number

_DIGITS: Final = {
    9: IdentityType.IDENTITY_CARD,
    10: IdentityType.TAX_CODE,
    12: IdentityType.CITIZEN_ID,
    13: IdentityType.TAX_CODE,
}
_Short = Annotated[Scalar, StringConstraints(pattern=r"^[^\x00-\x1f\x7f]{0,100}$")]


class SubmitterSaid(PortalFact):
    """`ThongTinNguoiNopDon`."""

    full_name: Name = Field(alias="HoTen", repr=False)
    identity_number: _Short = Field("", alias="SoChungMinh", repr=False)
    address: Line = Field("", alias="DiaChiChiTiet", repr=False)
    phone: _Short = Field("", alias="SoDienThoai", repr=False)
    email: _Short = Field("", alias="Email", repr=False)

    def applicant(self) -> Applicant:
        """Return the owner; the kind of number is told by its digits."""
        text = self.identity_number.strip()
        kind = _DIGITS.get(len(text), IdentityType.OTHER) if text.isdecimal() else None
        identity = Identity(kind or IdentityType.OTHER, text) if text else None
        is_body = kind is IdentityType.TAX_CODE
        return Applicant(
            kind=ApplicantKind.ENTERPRISE if is_body else ApplicantKind.CITIZEN,
            full_name=self.full_name,
            identity=identity,
            phone=self.phone or None,
            email=self.email or None,
            address=self.address or None,
        )


class WorkflowSaid(PortalFact):
    """`ThongTinQuyTrinh`."""

    code: Number = Field(alias="MaQuyTrinh")
    name: Line = Field("", alias="TenQuyTrinh")


class DossierSaid(PortalFact):
    """`TiepNhanHoSoChoMotCua`: the fields of a dossier that is handed over, the other way."""

    number: Number = Field(alias="SoBienNhan")
    unit: Number = Field(alias="MaDonVi")
    received_at: Moment = Field(alias="NgayTiepNhan")
    due_at: Moment | None = Field(None, alias="NgayHenTra")
    place: Line = Field("", alias="DiaChiTaiSan")
    submitter: SubmitterSaid = Field(alias="ThongTinNguoiNopDon", repr=False)
    workflow: WorkflowSaid = Field(alias="ThongTinQuyTrinh")

    def filing(self, workflows: Mapping[str, str]) -> Filing:
        """Return what was filed; `workflows` are the land system's own, by our procedures.

        Raises:
            UnmappedWorkflowError: if the workflow is no procedure.
            InvalidRecordError: if the unit's code is none.
        """
        try:
            agency = AgencyCode(self.unit)
        except ValueError:
            raise InvalidRecordError("MaDonVi: không đúng định dạng") from None
        where = f", {self.place}" if self.place else ""
        return Filing(
            procedure=FiledProcedure(self._procedure(workflows), "", "", ""),
            agency=Agency(agency, ""),
            channel=Channel.COUNTER,
            applicant=self.submitter.applicant(),
            summary=f"Hồ sơ đất đai {self.number}{where}"[:1000],
            times=Times(received_at=self.received_at, due_at=self.due_at),
            result_delivery=ResultDelivery.DIRECT,
        )

    def _procedure(self, workflows: Mapping[str, str]) -> ProcedureCode:
        ours = {theirs: code for code, theirs in workflows.items()}
        try:
            return ProcedureCode(ours.get(self.workflow.code, self.workflow.code))
        except ValueError:
            raise UnmappedWorkflowError from None
