"""What the monitoring centre reads."""

from typing import Final

from app.errands.domain import Facts
from app.exchange.ngsp.wire.tracking import FileTracking, TrackedOwner
from app.platform.settings import Settings

_STAGES: Final = {"other": "0", "received": "1", "in_hand": "2", "result": "3"}
_PAID: Final = {"none": "0", "online": "1", "direct": "2"}
_LEVELS: Final = {"partial": "3", "full": "4"}
_DELIVERIES: Final = {"direct": "0", "postal": "1"}
_ENTERPRISE: Final = 10
"""Digits of an enterprise's number: who has so many is an organisation to the centre."""


def told_of(facts: Facts, settings: Settings) -> FileTracking:
    """Return what the centre is told of a dossier."""
    owner: str = facts["owner"]
    person = TrackedOwner(
        number=owner,
        account=facts["account"],
        kind="1" if len(owner) == _ENTERPRISE else "2",
        location=settings.emc_location,
    )
    return FileTracking(
        profile=settings.emc_profile,
        site=settings.emc_site,
        procedure=facts["procedure"],
        procedure_name=facts["procedure_name"],
        dossier=facts["dossier"],
        stage=_STAGES[facts["stage"]],
        reception="1" if facts["is_online"] else "2",
        payment=_PAID[facts["paid"]],
        level=_LEVELS[facts["level"]],
        from_portal="1" if facts["from_portal"] else "0",
        by_post=_DELIVERIES.get(facts["result_delivery"], "2"),
        user=person.model_dump_json(),
    )
