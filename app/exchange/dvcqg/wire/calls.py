"""What is asked of the portal and the shape of its answers, whatever the service.

Every call is one body to one address, told apart by `service`; session and `madonvi` are added
when it is sent.
"""

from typing import Literal

from pydantic import Field, JsonValue, StrictInt, StrictStr

from app.exchange.dvcqg.wire.dossiers import DossierRecord, ProgressRow
from app.exchange.dvcqg.wire.fields import PortalFact, PortalModel, Truth

MAX_ROWS = 10
"""Most progress rows in one call."""


class Login(PortalModel):
    """Đăng nhập: name and password, answered by a session."""

    username: str = Field(alias="username")
    password: str = Field(alias="password", repr=False)


class Call(PortalModel):
    """Any service call, without the session it travels under."""

    service: str = Field(alias="service")


class FindDossier(Call):
    """Tra cứu hồ sơ: a result that is not empty means the portal holds the dossier."""

    service: Literal["TraCuuHoSo"] = Field("TraCuuHoSo", alias="service")
    dossier_code: str = Field(alias="mahoso")


class PushDossiers(Call):
    """Đồng bộ hồ sơ một cửa: insert or replace, told apart by a text."""

    service: Literal["DongBoHoSoMC"] = Field("DongBoHoSoMC", alias="service")
    is_updating: Truth = Field(alias="isUpdating")
    dossiers: tuple[DossierRecord, ...] = Field(alias="data", min_length=1, repr=False)


class PushProgress(Call):
    """Cập nhật tiến độ hồ sơ: a batch of rows."""

    service: Literal["CapNhatTienDoHoSoMC"] = Field("CapNhatTienDoHoSoMC", alias="service")
    rows: tuple[ProgressRow, ...] = Field(
        alias="data", min_length=1, max_length=MAX_ROWS, repr=False
    )


class ListProcedures(Call):
    """Lấy danh sách thủ tục hành chính."""

    service: Literal["LayDanhSachTTHC"] = Field("LayDanhSachTTHC", alias="service")


class GetProcedure(Call):
    """Lấy một thủ tục hành chính."""

    service: Literal["LayThuTuc"] = Field("LayThuTuc", alias="service")
    procedure_code: str = Field(alias="maTTHC")


class PortalAnswer(PortalFact):
    """The envelope of every answer: writes carry a message, reads a result, login a session."""

    error_code: StrictInt | StrictStr = Field(alias="error_code")
    message: JsonValue = Field(None, alias="message", repr=False)
    result: list[JsonValue] | None = Field(None, alias="result", repr=False)
    data: JsonValue = Field(None, alias="data", repr=False)
    files: JsonValue = Field(None, alias="TepTinDinhKem", repr=False)
    session: str | None = Field(None, alias="session", repr=False)

    @property
    def rows(self) -> list[JsonValue] | None:
        """The list it carries: `result`, or `data` or the files of a ministry's system."""
        lists = (self.result, self.data, self.files)
        return next((one for one in lists if isinstance(one, list)), None)

    @property
    def code(self) -> str:
        """The error code as text: the portal writes it as a number or quoted."""
        return str(self.error_code).strip()

    @property
    def text(self) -> str:
        """The message where it is a text, else nothing."""
        return self.message if isinstance(self.message, str) else ""
