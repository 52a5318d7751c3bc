"""A form's period at a glance, for people."""

from sqlalchemy import Connection

from app.access.domain import Caller
from app.catalogue.use_cases import today
from app.platform.clock import Clock
from app.reports.domain.forms import Form, UnknownFormError
from app.reports.domain.periods import Period
from app.reports.domain.reports import Key
from app.reports.domain.summing import Overview, Punctuality, Unit, punctuality, together
from app.reports.use_cases.causing import Cause, member_of
from app.reports.use_cases.forms import list_forms
from app.reports.use_cases.gathering import gather
from app.reports.use_cases.standing import duties, periods_of


def overview(
    connection: Connection, clock: Clock, caller: Caller, cause: Cause, wanted: Key
) -> Overview:
    """Return what is to be seen of a period; the first form and the last period for "".

    Raises:
        UnknownFormError, UnknownPeriodError: if there is no such form or period.
        UnknownMemberError, AgencyNotYoursError: by the agency.
    """
    forms = sorted(list_forms(connection), key=lambda one: one.code)
    named = wanted.form or next((one.code for one in forms), "")
    if not named:
        raise UnknownFormError
    key = Key(named, wanted.period, wanted.agency)
    total = gather(connection, clock, caller, cause, wanted=key, at="query")
    member = member_of(connection, caller, wanted.agency, "query/agency")
    whole = Unit(member.code, member.name)

    def rate_of(form: Form) -> Punctuality:
        owed = duties(connection, cause, form, periods_of(form, clock), whole.code)
        return together(whole, punctuality(owed, now=clock.now()))

    return Overview(
        forms=[(form, rate_of(form)) for form in forms],
        periods=_ended(total.form, clock),
        whole=whole,
        duties=list(duties(connection, cause, total.form, [total.period], whole.code)),
        total=total,
    )


def _ended(form: Form, clock: Clock) -> list[Period]:
    day = today(clock)
    return [one for one in reversed(periods_of(form, clock)) if one.ends_on < day]
