"""JSON of the control API."""

from datetime import timedelta
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from mock_ngsp.codes import IDENTIFIER
from mock_ngsp.dvcqg.promotions import DieuChinhKM, ThongBaoKM
from mock_ngsp.dvcqg.service import KNOWN, LOGIN
from mock_ngsp.dvcqg.wire import HoSoTuCong
from mock_ngsp.faults import Fault, RoughSea
from mock_ngsp.messages.service import OPERATIONS as MESSAGE_OPERATIONS
from mock_ngsp.ngsp.front import NAMES as SERVICE_OPERATIONS
from mock_ngsp.payments.service import OPERATIONS as PAYMENT_OPERATIONS
from mock_ngsp.payments.telling import Telling
from mock_ngsp.sso.service import OPERATIONS as SIGN_ON_OPERATIONS
from mock_ngsp.statistics import OPERATION as STATISTIC
from mock_ngsp.systems import System
from mock_ngsp.vxp.service import OPERATIONS
from mock_ngsp.wire import Axis

KNOWN_OPERATIONS = (
    *OPERATIONS, LOGIN, *dict.fromkeys(KNOWN), *PAYMENT_OPERATIONS, *SIGN_ON_OPERATIONS, STATISTIC,
    *SERVICE_OPERATIONS, *MESSAGE_OPERATIONS,
)  # fmt: skip

Identifier = Annotated[
    str, StringConstraints(pattern=f"^{IDENTIFIER.pattern}$", min_length=1, max_length=64)
]


class Given(BaseModel):
    """Something asked of the mock: exact names, exact types."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class SystemRow(Given):
    """A system to connect, of the control API and of a systems file."""

    id: Identifier
    secret: str = Field(min_length=1)
    member: Identifier

    def system(self) -> System:
        """The row as the register keeps it."""
        return System(self.id, self.secret, self.member)


class FailNext(Given):
    """The next `times` calls of an operation fail in one of three ways."""

    operation: str
    times: int = Field(1, ge=1, le=1_000_000)
    status: int | None = Field(None, ge=200, le=599)
    reset: bool = False
    delay_ms: int | None = Field(None, ge=0, le=600_000)
    after: bool = Field(default=False, description="The failure comes after the effect was stored.")

    @model_validator(mode="after")
    def _checked(self) -> Self:
        if self.operation not in KNOWN_OPERATIONS:
            known = ", ".join(KNOWN_OPERATIONS)
            raise ValueError(f"operation is none of {known}")
        kinds = (self.status is not None) + self.reset + (self.delay_ms is not None)
        if kinds != 1:
            raise ValueError("give exactly one of status, reset (true) and delay_ms")
        return self

    def fault(self) -> Fault:
        """The script."""
        delay = None if self.delay_ms is None else timedelta(milliseconds=self.delay_ms)
        return Fault(self.operation, self.times, self.status, self.reset, delay, self.after)


class FailShare(Given):
    """A share of the calls of one axis fails until told otherwise; at 0 they are only counted.

    Half of those that fail lose their connection and half get 503; half of each before the
    effect and half after it.
    """

    axis: Axis = Field(strict=False)
    share: float = Field(ge=0, le=1)
    seed: int = 0

    def sea(self) -> RoughSea:
        """The weather."""
        return RoughSea(self.share, self.seed)


class Advance(Given):
    """How far to move the mock's clock."""

    seconds: float = Field(ge=0, le=366 * 86_400)


class ProcedureRow(Given):
    """Keys of LayThuTuc to change; what is not named stays, or is invented for a new code."""

    MATTHC: str = Field(pattern=r"^\d\.\d{6}(\.[A-Za-z0-9.]+)?$", max_length=50)
    changes: dict[str, Any] = Field(default_factory=dict)


class ProvinceRow(Given):
    """A province's gateway that dossiers are sent down to."""

    member: Identifier
    url: str = Field(pattern=r"^https?://")
    secret: str = Field(min_length=1)


class PartnerRow(Given):
    """A partner of the payment platform; confirmations go to `url`, where there is one."""

    MaDoiTac: str = Field(pattern=r"^[^|\s]{1,50}$")
    secret: str = Field(min_length=1)
    url: str = Field("", pattern=r"^(https?://.*)?$")


class Pay(Given):
    """What becomes of a payment, and how its province is told."""

    paid: bool = True
    times: int = Field(1, ge=0, le=1_000)
    wrong_signature: bool = False
    SoTien: str | None = None

    def telling(self) -> Telling:
        """The same for the platform."""
        return Telling(self.paid, self.times, self.wrong_signature, self.SoTien)


class SignOnClientRow(Given):
    """A site that lets people sign in at the portal."""

    client_id: str = Field(min_length=1, max_length=100)
    secret: str = Field(min_length=1)
    redirect_uris: list[str] = Field(min_length=1)


class PersonRow(Given):
    """An account; the claims that are not given are empty."""

    TechID: str = Field(min_length=1, max_length=100)
    LoaiTaiKhoan: Literal["1", "2", "3"] = "1"
    claims: dict[str, Any] = Field(default_factory=dict)


class IdTokenFor(Given):
    """Whose id_token is wanted, and for which client."""

    TechID: str
    client_id: str


class FiledRow(Given):
    """A dossier that a citizen files at the portal, for one unit."""

    madonvi: Identifier
    data: HoSoTuCong


class NoticeRow(Given):
    """A promotion notice that an enterprise gives, for one unit's province."""

    madonvi: Identifier
    data: ThongBaoKM


class ChangeRow(Given):
    """A change of a notice."""

    madonvi: Identifier
    change: DieuChinhKM


class AccountRow(Given):
    """A national account and the number it is found by."""

    number: str = Field(min_length=1, max_length=50)
    TECHNICALID: str = Field(min_length=1, max_length=100)


class QuestionRow(Given):
    """A citizen's question to a unit."""

    HOIDAPID: int = Field(gt=0)
    MADONVI: Identifier
    NOIDUNG: str = Field(min_length=1)
    MALINHVUC: str = ""
    TENDONVI: str = ""
    HOVATEN: str = ""
    DIACHI: str = ""
    THUDIENTU: str = ""
    SODIENTHOAI: str = ""
    MATTHCDP: str = ""
    TRANGTHAI: int = 1


class CustomerRow(Given):
    """A customer of VNPost."""

    CustomerCode: str = Field(min_length=1, max_length=50)


class OneStopRow(Given):
    """A one-stop system that the land system calls: its address before the operation."""

    url: str = Field(pattern=r"^https?://")
    securityCode: str = Field(min_length=1, pattern=r"^[A-Za-z0-9_\-]+$")


class DeskRow(Given):
    """A province that takes applications for judicial records."""

    url: str = Field(pattern=r"^https?://")
    CodeGet: str = Field(min_length=1)


class ApplicationRow(Given):
    """An application that is handed down: under a code, or a new one; with names of it changed."""

    maHoSoMCDT: str | None = None
    toKhai: dict[str, Any] = Field(default_factory=dict)


class LandWord(Given):
    """What the land system says otherwise than by itself; null leaves a name out."""

    changes: dict[str, Any] = Field(default_factory=dict)


class TaxRow(Given):
    """Which tax notice a unit's province is told of, and how otherwise than by itself."""

    madonvi: Identifier
    MaThongBaoThue: str = Field(min_length=1, max_length=100)
    changes: dict[str, Any] = Field(default_factory=dict)


class Page(BaseModel):
    """A list; `next` is the cursor for `after`, null at the end."""

    items: list[dict[str, Any]]
    next: str | None
