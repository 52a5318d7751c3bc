"""Taking a catalogue over."""

from sqlalchemy import Connection

from app.catalogue.domain import Catalogue, Imported, InconsistentCatalogueError, faults_of
from app.catalogue.store import members, procedures, seed
from app.evidence.domain import Act, Actor
from app.evidence.store import record
from app.platform.clock import Clock

_SHOWN = 50
"""At most so many faults are listed."""


def import_catalogue(
    connection: Connection, clock: Clock, actor: Actor, parsed: Catalogue
) -> Imported:
    """Take over what is new or changed; nothing is deleted, and a repeat changes nothing.

    Raises:
        InconsistentCatalogueError: if entries contradict each other or what is known.
    """
    referred = [code for one in parsed.members for code in (one.parent, one.successor) if code]
    faults = faults_of(
        parsed,
        known=members.known_codes(connection, referred),
        holders=members.holders(connection, [one.qcvn for one in parsed.members if one.qcvn]),
    )
    if faults:
        raise InconsistentCatalogueError(faults[:_SHOWN])
    done = Imported(
        members=members.replace(connection, parsed.members),
        procedures=procedures.replace(connection, parsed.procedures),
    )
    record(connection, clock, actor, Act("catalogue.import", "catalogue", parsed.digest))
    return done


def load_seed(connection: Connection, clock: Clock, actor: Actor) -> Imported:
    """Take the seed over; what it does not name stays."""
    return import_catalogue(connection, clock, actor, seed.catalogue())


def seed_if_empty(connection: Connection, clock: Clock, actor: Actor) -> Imported | None:
    """Take the seed over if there is no member yet; None if there was one."""
    if not members.is_empty(connection):
        return None
    return load_seed(connection, clock, actor)
