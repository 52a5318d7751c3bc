"""`lgsp statuses`: statuses of the axis that came before their document."""

from typing import Annotated, Any

import typer

from app.cli.acting import act
from app.cli.failing import read_settings
from app.cli.printing import JsonFlag, print_json, print_rows
from app.documents.domain.waiting import WaitingStatus
from app.documents.use_cases import waiting

_COLUMNS = ("doc_id", "document_id", "sender", "recipient", "code", "state", "arrived_at", "until")


def statuses(
    *,
    limit: Annotated[int, typer.Option(min=1, max=10_000)] = 50,
    as_json: JsonFlag = False,
) -> None:
    """Trạng thái đến trước văn bản. / Statuses that wait for their document, or gave up."""
    rows = [_row(one) for one in act(read_settings(), waiting.page, limit=limit)]
    if as_json:
        print_json(rows)
    else:
        print_rows(_COLUMNS, rows)


def _row(status: WaitingStatus) -> dict[str, Any]:
    return {
        "doc_id": status.delivery.doc_id,
        "document_id": str(status.document_id),
        "sender": str(status.sender),
        "recipient": str(status.recipient),
        "code": status.report.code.value,
        "state": status.state,
        "arrived_at": status.arrived_at.isoformat(),
        "until": status.until.isoformat(),
    }
