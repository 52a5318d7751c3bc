"""Delivering sums to the receiver of monthly figures, and noting what it says."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, assert_never

from sqlalchemy import Connection

from app.exchange.messages import Handler, Message
from app.exchange.ministry_statistics.client import StatisticsClient
from app.exchange.ministry_statistics.wire import Statistic
from app.exchange.outcomes import Deferred, Delivered, Outcome, Refused
from app.platform.clock import Clock
from app.platform.settings import Settings
from app.reports.domain.forms import WIRE_FIELDS
from app.reports.domain.handing import HandoverState
from app.reports.store import handovers
from app.reports.use_cases.gathering import TOPIC

_LONGEST_REASON: Final = 300


def handlers(client: StatisticsClient, settings: Settings) -> dict[str, Handler]:
    """Return who delivers and settles our topic."""
    organization = settings.ministry_statistics_unit or settings.province

    async def send(messages: Sequence[Message]) -> Outcome:
        return await client.send(statistic_of(messages[-1].body, organization))

    return {TOPIC: Handler(send=send, settle=settle)}


def statistic_of(facts: Mapping[str, Any], organization: str) -> Statistic:
    """Return what is told of a sum; other fields of its form stay here."""
    values = facts["values"]
    aliases = {name: field.alias for name, field in Statistic.model_fields.items()}
    told = {name: values[name] for name in WIRE_FIELDS}
    told |= {"month": facts["month"], "year": facts["year"], "organization": organization}
    return Statistic.model_validate({aliases[name]: value for name, value in told.items()})


def settle(
    connection: Connection, clock: Clock, messages: Sequence[Message], outcome: Outcome
) -> None:
    """Note on each handover what became of its message."""
    for message in messages:
        handover = handovers.lock(connection, message.body["id"])
        match outcome:
            case Delivered():
                after = handover.delivered(clock.now())
            case Deferred(reason):
                after = handover.held_up(HandoverState.DEFERRED, reason[:_LONGEST_REASON])
            case Refused(code, reason):
                why = f"{code}: {reason}"[:_LONGEST_REASON]
                after = handover.held_up(HandoverState.REFUSED, why)
            case unreachable:
                assert_never(unreachable)
        handovers.save(connection, after)
