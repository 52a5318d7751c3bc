"""Linking the national account of an owner to a dossier."""

from dataclasses import replace

from sqlalchemy import Connection

from app.access.domain import Caller
from app.codes import DossierCode
from app.dossiers import store
from app.dossiers.domain.handling import ActName
from app.dossiers.domain.owning import Account, is_owned_by, linked
from app.dossiers.use_cases.measuring import save
from app.dossiers.use_cases.owing import Cause, owe, subject_of
from app.evidence.domain import Act
from app.evidence.store import record
from app.platform.clock import Clock
from app.platform.ids import new_id


def link_account(
    connection: Connection,
    clock: Clock,
    caller: Caller,
    *,
    code: DossierCode,
    account: Account,
    cause: Cause,
) -> None:
    """Keep with which account its owner came, once, and owe the nation the record.

    It is no row of progress: where the dossier stands does not change. An account that is not
    the owner's changes nothing.
    """
    before = store.lock(connection, code)
    if before is None or not is_owned_by(before, account):
        return
    after = linked(before, account, now=clock.now())
    if after is before:
        return
    owing = before.national.owing(new_id(), is_connected=cause.is_connected)
    after = replace(after, national=owing)
    after = save(connection, cause.rules, before, after)
    owe(connection, clock, after)
    act = Act(ActName.LINK_ACCOUNT.value, subject_of(code), cause.digest or None)
    record(connection, clock, caller, act)
