"""What the monitoring centre (EMC) is told of a dossier."""

from pydantic import Field

from app.exchange.ngsp.wire.fields import ServiceModel


class TrackedOwner(ServiceModel):
    """`User`, which is JSON written as text."""

    number: str = Field(alias="ID_local", repr=False)
    account: str = Field(alias="ID_QG")
    kind: str = Field(alias="TYPE")
    location: str = Field(alias="LOCATION")


class FileTracking(ServiceModel):
    """`TrackingMCDT`."""

    profile: str = Field(alias="CodeProfile")
    site: int = Field(alias="SiteId")
    procedure: str = Field(alias="CodeTTHC")
    procedure_name: str = Field(alias="NameTTHC")
    dossier: str = Field(alias="MaHoSo")
    stage: str = Field(alias="Status")
    reception: str = Field(alias="FormsReception")
    payment: str = Field(alias="FormsPayments")
    level: str = Field(alias="Level")
    from_portal: str = Field(alias="IsFromDVCQG")
    by_post: str = Field(alias="IsDVCBC")
    data: str = Field("", alias="Data")
    user: str = Field(alias="User", repr=False)
