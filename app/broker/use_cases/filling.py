"""Registering the services of a file."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from app.broker.domain.service import Service
from app.broker.store import registered
from app.broker.store.revisions import raise_revision
from app.broker.use_cases.registering import Ground, add
from app.evidence.domain import Actor
from app.platform.clock import Clock


@dataclass(frozen=True, slots=True)
class Filled:
    """How many versions a file added, and how many were there and stayed as they are."""

    new: int
    known: int


def fill(
    connection: Connection,
    clock: Clock,
    actor: Actor,
    ground: Ground,
    *,
    wishes: Sequence[Service],
    digest: str,
) -> Filled:
    """Register every version of a file as a draft, or none; those that are there are left alone.

    Raises:
        UnknownMemberError, ClosedMemberError: by the catalogue.
        SharedServiceTakenError: if another tenant has the code.
        ContextRefusedError, OperationRefusedError, UnsafeTargetError: by what one says.
    """
    raise_revision(connection)
    new = 0
    for wish in wishes:
        if registered.find(connection, wish.code, wish.version) is None:
            add(connection, clock, actor, ground, wish=wish, digest=digest)
            new += 1
    return Filled(new, len(wishes) - new)
