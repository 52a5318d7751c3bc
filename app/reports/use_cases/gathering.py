"""Summing the reports of a tree of members, and handing the sum on."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from app.access.domain import Caller
from app.evidence.domain import Act
from app.evidence.store import record
from app.exchange.messages import Owed
from app.exchange.outbox import enqueue
from app.platform.clock import Clock
from app.platform.ids import new_id
from app.reports.domain.errors import IncompleteError, NothingToHandOnError
from app.reports.domain.handing import Handover, HandoverState, UnknownHandoverError, Wish
from app.reports.domain.reports import Key
from app.reports.domain.summing import Sum, summed
from app.reports.store import handovers
from app.reports.store import reports as store
from app.reports.use_cases.causing import Cause, member_of
from app.reports.use_cases.forms import period_or_last, show_form
from app.reports.use_cases.standing import duties

TOPIC = "reports.statistics"


def gather(
    connection: Connection, clock: Clock, caller: Caller, cause: Cause, *, wanted: Key, at: str
) -> Sum:
    """Return the accepted reports of a member and all below it as one; nothing is written.

    `at` is where form, period and agency stood: `query` or "".

    Raises:
        UnknownFormError, UnknownPeriodError: if there is no such form or period.
        UnknownMemberError, AgencyNotYoursError: by the agency.
    """
    form = show_form(connection, wanted.form)
    period = period_or_last(form, clock, wanted.period, pointer=f"{at}/period")
    place = f"{at}/agency" if at else "/agency_code"
    top = member_of(connection, caller, wanted.agency, place).code
    owed = list(duties(connection, cause, form, [period], top))
    asked = store.Wanted(top, form=form.code, period=period.label)
    accepted = store.accepted(connection, asked)
    counted = [(one.unit, *accepted[one.unit.code]) for one in owed if one.unit.code in accepted]
    missing = [one for one in owed if one.unit.code not in accepted]
    values = summed(form, [said for _, _, said in counted])
    return Sum(form, period, top, values, counted, missing)


def hand_on(
    connection: Connection, clock: Clock, caller: Caller, cause: Cause, wish: Wish
) -> Handover:
    """Keep a sum as it is now; owe our province's to the receiver if its form has a wire to one.

    Raises:
        IncompleteError: if units are missing and nobody says why it goes without them.
        NothingToHandOnError: if no report is accepted.
    """
    form, period = wish.key.form, wish.key.period
    top = member_of(connection, caller, wish.key.agency, "/agency_code").code
    store.hold_accepted(connection, store.Wanted(top, form=form, period=period))
    found = gather(connection, clock, caller, cause, wanted=wish.key, at="")
    missing = tuple(str(one.unit.code) for one in found.missing)
    if not found.counted:
        raise NothingToHandOnError
    if missing and not wish.missing_reason:
        raise IncompleteError(missing)
    is_owed = found.form.wire is not None and cause.receiver_for == found.agency.canonical
    made = Handover(
        id=new_id(),
        form=found.form.code,
        period=found.period.label,
        agency=found.agency,
        values=found.values,
        units=len(found.counted),
        missing=missing,
        missing_reason=wish.missing_reason,
        state=HandoverState.OWED if is_owed else HandoverState.RECORDED,
        handed_by=caller.client_id,
        handed_at=clock.now(),
    )
    handovers.add(connection, made)
    if is_owed:
        enqueue(connection, clock, Owed(made.id, TOPIC, _key(made), _facts(made, found)))
    record(connection, clock, caller, Act("report.hand-on", made.subject, cause.digest))
    return made


def list_handovers(
    connection: Connection, caller: Caller, form: str, *, before: int | None, limit: int
) -> Sequence[tuple[int, Handover]]:
    """Return handovers of the caller's member and all below it, the newest first.

    Raises:
        UnknownFormError: if there is no such form.
    """
    show_form(connection, form)
    return handovers.page(connection, caller.member, form, before=before, limit=limit)


def show_handover(connection: Connection, caller: Caller, handover_id: str) -> Handover:
    """Return a handover.

    Raises:
        UnknownHandoverError: if there is none, or it is not the caller's.
    """
    found = handovers.find(connection, handover_id)
    if found is None or not caller.may_see(found.agency):
        raise UnknownHandoverError
    return found


def _key(handover: Handover) -> str:
    return f"report:{handover.form}:{handover.period}:{handover.agency.canonical}"


def _facts(handover: Handover, found: Sum) -> dict[str, Any]:
    period = found.period
    values = dict(handover.values)
    return {"id": handover.id, "year": period.year, "month": period.number, "values": values}
