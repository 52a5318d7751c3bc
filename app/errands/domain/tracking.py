"""What the monitoring centre (EMC) is told of a dossier, as it stands now."""

from enum import StrEnum
from typing import Final

from app.dossiers.domain.dossier import Dossier
from app.dossiers.domain.filing import Channel
from app.dossiers.domain.handling import PaymentMethod
from app.dossiers.domain.intake import IntakeSource
from app.dossiers.domain.statuses import Status
from app.errands.domain.errands import Facts


class OnlineLevel(StrEnum):
    """Mức độ: how far the service goes online."""

    PARTIAL = "partial"
    FULL = "full"


class Stage(StrEnum):
    """Where the centre sees a dossier."""

    RECEIVED = "received"
    IN_HAND = "in_hand"
    RESULT = "result"
    OTHER = "other"


_STAGES: Final = {
    Status.REGISTERED: Stage.RECEIVED,
    Status.ACCEPTED: Stage.RECEIVED,
    Status.PROCESSING: Stage.IN_HAND,
    Status.SUPPLEMENT_REQUESTED: Stage.IN_HAND,
    Status.PAYMENT_REQUESTED: Stage.IN_HAND,
    Status.FINISHED: Stage.RESULT,
    Status.RETURNED: Stage.RESULT,
}
_ONLINE: Final = frozenset({PaymentMethod.NATIONAL_PORTAL, PaymentMethod.PROVINCE_GATEWAY})


def tracking_facts(dossier: Dossier, level: OnlineLevel) -> Facts:
    """Return what the centre is told; of the owner only the number and the account."""
    filing = dossier.filing
    methods = {payment.method for payment in dossier.handling.payments}
    paid = "online" if methods & _ONLINE else "direct"
    identity, link = filing.applicant.identity, dossier.handling.account
    return {
        "dossier": str(dossier.code),
        "procedure": str(filing.procedure.code),
        "procedure_name": filing.procedure.name,
        "stage": _STAGES.get(dossier.status, Stage.OTHER).value,
        "is_online": filing.channel is Channel.ONLINE,
        "paid": paid if methods else "none",
        "level": level.value,
        "from_portal": filing.came_in.source is IntakeSource.PORTAL,
        "result_delivery": filing.result_delivery.value,
        "owner": "" if identity is None else identity.number,
        "account": "" if link is None else link.account_id,
    }
