"""A dossier as the national portal sends it down."""

from dataclasses import replace
from datetime import datetime
from typing import Annotated, Final, Literal

from pydantic import Field, StringConstraints

from app.codes import AgencyCode
from app.dossiers.domain.carrying import Carried
from app.dossiers.domain.intake import Authentication, Entry, Intake, IntakeSource
from app.exchange.dvcqg.wire.fields import Moment, PortalModel
from app.facades.dvcqg.schemas.records import CarriedRecord, carried_of

_VERIFIED: Final = "1"


class ArrivedRecord(CarriedRecord):
    """The national record before any agency accepted it: online, registered, not yet received."""

    channel: Literal["2"] = Field("2", alias="KenhThucHien")
    received_at: Moment = Field(None, alias="NgayTiepNhan")
    due_at: Moment = Field(None, alias="NgayHenTra")
    status: Literal["1"] = Field("1", alias="TrangThaiHoSo")
    filed_at_place: Literal["1"] = Field("1", alias="NoiNopHoSo")


class Arriving(PortalModel):
    """One dossier and the unit it is for; one object, as in the known push."""

    unit: Annotated[
        str,
        StringConstraints(
            pattern=r"^(?:[A-Z]\d{2}(?:\.\d{1,3})*|\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2})$"
        ),
    ] = Field(alias="madonvi")
    dossier: ArrivedRecord = Field(alias="data", repr=False)


def arrived_of(record: ArrivedRecord, *, agency: AgencyCode, now: datetime) -> Carried:
    """Return the dossier; what the nation gives no moment of receipt was received now."""
    received = record.model_copy(update={"received_at": record.received_at or now})
    carried = carried_of(received, agency=agency, at="data")
    known = Authentication.NATIONAL_PORTAL
    if record.is_account_verified == _VERIFIED:
        known = Authentication.VNEID
    intake = Intake(IntakeSource.PORTAL, known, entry=Entry.PUSH, reference=carried.code)
    return replace(carried, filing=replace(carried.filing, intake=intake))
