"""JSON of what a version of a service is made of: addresses, operations, whom to ask."""

from typing import Annotated

from pydantic import Field, StringConstraints

from app.broker.domain.service import HIGHEST_ORDER, Via
from app.fields import Line
from app.platform.wire import ApiModel

CredentialName = Annotated[
    str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=64)
]


class UpstreamIn(ApiModel):
    """Một địa chỉ của dịch vụ. / One address of the service."""

    url: Line = Field(
        max_length=2000,
        description="http(s)://máy-chủ[:cổng][/đường-dẫn]; mạng nội bộ phải được cho phép. / "
        "Private networks only where they are allowed.",
    )
    weight: int = Field(1, ge=1, le=100, description="Phần lưu lượng. / Its share.")
    order: int = Field(
        0, ge=0, le=HIGHEST_ORDER, description="Số nhỏ được gọi trước. / Lower ones first."
    )
    via: Via | None = Field(
        None,
        description="Tuyến mà địa chỉ phục vụ; không nêu là tuyến đầu của `route`. / The route it "
        "serves; without one the first of `route`.",
    )
    credential: CredentialName | None = Field(
        None,
        description="Tên bí mật riêng của địa chỉ, không gửi cho địa chỉ khác; không nêu là của "
        "dịch vụ. / Name of its own secret, which no other address is shown; without one that of "
        "the service.",
    )


class OperationIn(ApiModel):
    """Một thao tác. / One operation."""

    method: Line = Field(max_length=10, description="GET, POST, …; * là mọi phương thức. / * any.")
    pattern: str = Field(
        max_length=500,
        description="/danhSach/{id}, /tep/*; * là mọi đường dẫn, rỗng là chính dịch vụ. / "
        "* every path, empty for the service itself.",
    )
    name: str = Field("", max_length=200, description="Tên gọi. / What people call it.")


class ContactIn(ApiModel):
    """Đầu mối. / Whom to ask."""

    unit: Line = Field(max_length=200, description="Đơn vị. / The office.")
    email: Line | None = Field(None, max_length=200)
    phone: Line | None = Field(None, max_length=50)
