"""Who and what the services know at the beginning: invented, in ranges that nobody holds.

Citizens' numbers begin with 000, which is no province; enterprise codes and insurance numbers
with 00, and the check digit of an enterprise code is always wrong; telephone numbers with 000.
"""

from dataclasses import asdict, dataclass
from typing import Any, Final


@dataclass(frozen=True, slots=True)
class Place:
    """An address of an invented commune of an existing province."""

    province_code: str = "10"
    province: str = "Tỉnh Lào Cai"
    district_code: str = ""
    district: str = ""
    commune_code: str = "00000"
    commune: str = "Xã Giả Định"
    street: str = "Thôn Ví Dụ"

    @property
    def whole(self) -> str:
        """The address in one line."""
        return ", ".join(part for part in (self.street, self.commune, self.province) if part)


@dataclass(frozen=True, slots=True)
class Representative:
    """Who stands for a business, with the paper that names them."""

    name: str
    number: str
    issued_on: str = "01/07/2021"
    issued_by: str = "Cục Giả Định"


@dataclass(frozen=True, slots=True)
class Business:
    """An enterprise, household business or co-operative; dates are dd/MM/yyyy."""

    kind: str
    code: str
    inner_id: int
    name: str
    type_code: str
    type_name: str
    founded_on: str
    representatives: tuple[Representative, ...]
    activities: tuple[tuple[str, str, bool], ...]
    foreign_name: str = ""
    short_name: str = ""
    changed_on: str = ""
    changes: int = 0
    status_code: str = "1"
    status_name: str = "Đang hoạt động"
    capital: str = "1000000000.000"
    members: tuple[tuple[str, str, str], ...] = ()
    place: Place = Place()

    def shown(self) -> dict[str, Any]:
        """As the control API gives it."""
        return asdict(self)


ENTERPRISE, HOUSEHOLD, COOPERATIVE = "enterprise", "household", "cooperative"
_DEMO: Final = Representative("Nguyễn Thị Giả Định", "000000000001")
_SAMPLE: Final = Representative("Trần Văn Ví Dụ", "000000000002")
_SOFTWARE: Final = ("6201", "Lập trình máy vi tính", True)
_TRADE: Final = ("4711", "Bán lẻ tổng hợp", False)

BUSINESSES: Final = (
    Business(
        ENTERPRISE, "0000000003", 9000003, "CÔNG TY TNHH GIẢ ĐỊNH", "TNHH1TV",
        "Công ty trách nhiệm hữu hạn một thành viên", "02/01/2019", (_DEMO,), (_SOFTWARE, _TRADE),
        foreign_name="GIA DINH COMPANY LIMITED", short_name="GIẢ ĐỊNH", changed_on="05/03/2024",
        changes=2,
    ),
    Business(
        ENTERPRISE, "0000000011", 9000011, "CÔNG TY CỔ PHẦN VÍ DỤ", "CP", "Công ty cổ phần",
        "15/06/2015", (_DEMO, _SAMPLE), (_TRADE,),
        members=(("Nguyễn Thị Giả Định", "600000000.000", "60.00"),
                 ("Trần Văn Ví Dụ", "400000000.000", "40.00")),
    ),
    Business(
        ENTERPRISE, "0000000012", 9000012, "DOANH NGHIỆP TƯ NHÂN MẪU", "DNTN",
        "Doanh nghiệp tư nhân", "20/11/2010", (_SAMPLE,), (_TRADE,), status_code="2",
        status_name="Tạm ngừng kinh doanh",
    ),
    Business(
        HOUSEHOLD, "0000000021", 9000021, "HỘ KINH DOANH VÍ DỤ", "HKD", "Hộ kinh doanh",
        "10/10/2020", (_SAMPLE,), (_TRADE,), capital="50000000.000",
    ),
    Business(
        COOPERATIVE, "0000000032", 9000031, "HỢP TÁC XÃ GIẢ ĐỊNH", "HTX", "Hợp tác xã",
        "01/04/2018", (_DEMO,), (("0111", "Trồng lúa", True),),
    ),
)  # fmt: skip
