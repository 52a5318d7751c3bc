"""Valid records of the portal's wire, one change said aloud at a time."""

from datetime import datetime
from typing import Any

from app.exchange.dvcqg.wire import DossierRecord, OwnerIdentity, ProgressRow
from app.platform.clock import VIETNAM

RECEIVED = datetime(2026, 11, 2, 8, 40, tzinfo=VIETNAM)


def a_record(**changes: Any) -> DossierRecord:
    facts: dict[str, Any] = {
        "code": "H38.12-261102-0007",
        "procedure_code": "1.003560.H38",
        "procedure_name": "Cấp giấy xác nhận mẫu",
        "sector_code": "G03-GD10",
        "sector_name": "Lĩnh vực mẫu",
        "channel": "2",
        "owner_kind": "1",
        "summary": "Hồ sơ mẫu",
        "received_at": RECEIVED,
        "due_at": RECEIVED,
        "status": "2",
        "result_delivery": "1",
        "processing_unit": "Sở Ví Dụ",
        "owner_identities": (OwnerIdentity(kind="1", number="000000000001"),),
    }
    return DossierRecord(**facts | changes)


def a_row(**changes: Any) -> ProgressRow:
    facts: dict[str, Any] = {
        "dossier_code": "H38.12-261102-0007",
        "officer": "Trần Văn Ví Dụ",
        "processed_at": RECEIVED,
        "content": "Đã tiếp nhận",
        "status": "2",
    }
    return ProgressRow(**facts | changes)
