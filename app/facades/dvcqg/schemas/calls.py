"""Calls of provincial systems: what is ours to do, and what is passed on to the nation."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any, Final, Literal

from pydantic import BeforeValidator, ConfigDict, Field, StringConstraints

from app.access.domain import Scope
from app.exchange.dvcqg.wire import (
    MAX_ROWS,
    OPEN_CATALOGUES,
    Call,
    FindAccount,
    GetDecision,
    GetProcedure,
    ListAgencies,
    ListAnswers,
    ListDrafted,
    ListEntries,
    ListProcedures,
    ListQuestions,
    ListSectors,
    ListUnitProcedures,
    NationalDossierStatus,
    ProgressRow,
    PushAnswers,
    PushDrafted,
    ReportStatus,
)
from app.exchange.dvcqg.wire.fields import PortalModel
from app.facades.dvcqg.schemas.records import CarriedRecord

INSERT_OR_UPDATE: Final = "DongBoHoSoMC"
PROGRESS: Final = "CapNhatTienDoHoSoMC"
LOOK_UP: Final = "TraCuuHoSo"
REPORT: Final = "DongBoTrangThaiHoSo"

OWN: Final[Mapping[str, Scope]] = MappingProxyType(
    {
        INSERT_OR_UPDATE: Scope.SUBMIT_DOSSIERS,
        PROGRESS: Scope.PROGRESS_DOSSIERS,
        LOOK_UP: Scope.READ_DOSSIERS,
    }
)
"""Services done here, over our own store, each with the scope it takes."""

REFERENCE: Final[Mapping[str, type[Call]]] = MappingProxyType(
    {
        "LayDanhSachTTHC": ListProcedures,
        "LayDanhSachTTHCDonVi": ListUnitProcedures,
        "LayThuTuc": GetProcedure,
        "LayQDCB": GetDecision,
        "LayDanhMucCoQuan": ListAgencies,
        "LayDanhMucLinhVuc": ListSectors,
        **dict.fromkeys(OPEN_CATALOGUES, ListEntries),
    }
)
"""Reads of what the nation publishes, passed on."""


class ToldStatus(NationalDossierStatus):
    """A status as systems write it: some leave the translation of 3 into 11 to the front."""

    status: Annotated[str, BeforeValidator(lambda told: "11" if told == "3" else told)] = Field(
        alias="TrangThai", pattern=r"^(?:[124-9]|10|11)$"
    )


class TellStatus(ReportStatus):
    """DongBoTrangThaiHoSo as systems write it."""

    told: ToldStatus = Field(alias="data", repr=False)


class BareStatus(PortalModel):
    """The same through the REST front, alone or in its envelope, whose session is not ours."""

    model_config = ConfigDict(extra="ignore")

    told: ToldStatus = Field(alias="data", repr=False)


PERSONAL: Final[Mapping[str, type[Call]]] = MappingProxyType(
    {
        "TraCuuTechID": FindAccount,
        "LayDanhSachHoiDapGuiTuDVCQG": ListQuestions,
        "LayDanhSachHoiDapBoCoQuan": ListDrafted,
        "LayNoiDungTraLoiTheoCauHoi": ListAnswers,
        "DongBoHoiDap": PushDrafted,
        "DongBoKetQuaHoiDapGuiTuDVCQG": PushAnswers,
        REPORT: TellStatus,
    }
)
"""Calls about people, passed on; each leaves an entry in the evidence log."""

PASSED_ON: Final[Mapping[str, type[Call]]] = MappingProxyType({**REFERENCE, **PERSONAL})


class Login(PortalModel):
    """Body of `/mapi/login`."""

    username: str = Field(alias="username")
    password: str = Field(alias="password", repr=False)


class Envelope(PortalModel):
    """What every call of `/mapi/g` carries."""

    session: str = Field(alias="session", repr=False)
    sender: Annotated[str, StringConstraints(max_length=35)] = Field(alias="madonvi")
    service: str = Field(alias="service")


class PushRecords(Envelope):
    """DongBoHoSoMC as systems write it."""

    service: Literal["DongBoHoSoMC"] = Field(alias="service")
    is_updating: Literal["True", "False"] = Field(alias="isUpdating")
    records: tuple[CarriedRecord, ...] = Field(alias="data", min_length=1, repr=False)


class PushRows(Envelope):
    """CapNhatTienDoHoSoMC as systems write it."""

    service: Literal["CapNhatTienDoHoSoMC"] = Field(alias="service")
    rows: tuple[ProgressRow, ...] = Field(
        alias="data", min_length=1, max_length=MAX_ROWS, repr=False
    )


class LookUp(Envelope):
    """TraCuuHoSo as systems write it."""

    service: Literal["TraCuuHoSo"] = Field(alias="service")
    code: str = Field(alias="mahoso", min_length=1)


class BareRecords(PortalModel):
    """The bare array of the REST front."""

    records: tuple[CarriedRecord, ...] = Field(alias="data", min_length=1, repr=False)


class BareRows(PortalModel):
    """The bare array of rows of the REST front."""

    rows: tuple[ProgressRow, ...] = Field(
        alias="data", min_length=1, max_length=MAX_ROWS, repr=False
    )


def parameters_of(content: dict[str, Any]) -> dict[str, Any]:
    """Return what a call says beside its envelope."""
    return {name: value for name, value in content.items() if name not in {"session", "madonvi"}}
