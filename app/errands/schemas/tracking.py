"""JSON of what the monitoring centre is told of a dossier."""

from typing import Any, Final

from pydantic import Field

from app.errands.domain.tracking import OnlineLevel
from app.fields import DossierCode
from app.platform.wire import ApiModel


class FileTrackingIn(ApiModel):
    """Thông tin giám sát (EMC); phần còn lại lấy từ hồ sơ. / The rest is the dossier's."""

    dossier_code: DossierCode = Field(description="Mã hồ sơ. / The dossier.")
    level: OnlineLevel = Field(
        description="Dịch vụ công một phần hay toàn trình. / How far its service goes online.",
    )


TRACKING: Final[dict[str, Any]] = {"dossier_code": "H38.12-261102-0077", "level": "full"}
"""The example that the document shows."""
