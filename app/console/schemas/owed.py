"""Where messages go, and what a person may do about what does not move."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

_RETRY: Final = "lgsp outbox retry MÃ"


@dataclass(frozen=True, slots=True)
class Destination:
    """A place as people call it, and what mends what is owed to it."""

    name: str
    mend: str


_NATION: Final = f"sửa nguyên nhân (lgsp doctor), rồi {_RETRY}"
DESTINATIONS: Final[Mapping[str, Destination]] = {
    "dossiers.sync": Destination("Cổng Dịch vụ công quốc gia: hồ sơ", _NATION),
    "documents.packet": Destination("Trục liên thông văn bản: văn bản", _NATION),
    "documents.status": Destination("Trục liên thông văn bản: trạng thái", _NATION),
    "errands.postal_order": Destination("Bưu chính: đơn gửi", _NATION),
    "errands.judicial_record": Destination("Lý lịch tư pháp: hồ sơ", _NATION),
    "errands.judicial_return": Destination("Lý lịch tư pháp: kết quả", _NATION),
    "errands.catalogue_rows": Destination("NGSP: danh mục dùng chung", _NATION),
    "errands.file_tracking": Destination("NGSP: giám sát hồ sơ", _NATION),
    "errands.land": Destination("Hệ thống đất đai", _NATION),
    "reports.statistics": Destination("Hệ thống báo cáo của Bộ", _NATION),
    "notices.send": Destination("SMS, Zalo, thư điện tử", f"sửa kênh gửi, rồi {_RETRY}"),
    "webhooks.deliver": Destination(
        "Webhook của hệ thống khác", "POST /v1/webhooks/{id}/enabling khi bên nhận đã sửa"
    ),
}


def destination_of(topic: str) -> Destination:
    """Return where messages of a topic go; what nobody described is called by its topic."""
    return DESTINATIONS.get(topic, Destination(topic, _NATION))
