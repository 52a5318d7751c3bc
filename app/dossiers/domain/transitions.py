"""Who may move a dossier from which status to which: what openapi/dossier_transitions.yaml says.

A contract test holds this table against that file, pair by pair and actor by actor.
"""

from collections.abc import Mapping
from typing import Final

from app.dossiers.domain.actors import ActorKind
from app.dossiers.domain.errors import ForbiddenActorError, ForbiddenTransitionError
from app.dossiers.domain.statuses import Status

_CITIZEN, _COUNTER, _OFFICER = ActorKind.CITIZEN, ActorKind.COUNTER, ActorKind.OFFICER
_LEADER, _SYSTEM = ActorKind.LEADER, ActorKind.SYSTEM
_TAKERS: Final = frozenset({_COUNTER, _OFFICER})
_COLLECTORS: Final = frozenset({_COUNTER, _OFFICER, _SYSTEM})
_OWNERS: Final = frozenset({_CITIZEN, _COUNTER})
_DECIDERS: Final = frozenset({_OFFICER, _LEADER})
_STAFF: Final = frozenset({_COUNTER, _OFFICER, _LEADER})
_STAFF_AND_SYSTEM: Final = _STAFF | {_SYSTEM}

Actors = frozenset[ActorKind]

MOVES: Final[Mapping[Status, Mapping[Status, Actors]]] = {
    Status.REGISTERED: {
        Status.ACCEPTED: _TAKERS,
        Status.REJECTED: _TAKERS,
        Status.SUPPLEMENT_REQUESTED: _TAKERS,
        Status.PAYMENT_REQUESTED: _COLLECTORS,
        Status.WITHDRAWN: _OWNERS,
    },
    Status.ACCEPTED: {
        Status.PROCESSING: _TAKERS,
        Status.SUPPLEMENT_REQUESTED: _TAKERS,
        Status.PAYMENT_REQUESTED: _COLLECTORS,
        Status.WITHDRAWN: _OWNERS,
        Status.STOPPED: _DECIDERS,
        Status.FINISHED: _STAFF,
    },
    Status.REJECTED: {},
    Status.PROCESSING: {
        Status.ACCEPTED: _STAFF,
        Status.PROCESSING: _STAFF,
        Status.SUPPLEMENT_REQUESTED: _TAKERS,
        Status.PAYMENT_REQUESTED: _COLLECTORS,
        Status.WITHDRAWN: _OWNERS,
        Status.STOPPED: _DECIDERS,
        Status.FINISHED: _DECIDERS | {_SYSTEM},
    },
    Status.SUPPLEMENT_REQUESTED: {
        Status.REGISTERED: _COLLECTORS,
        Status.ACCEPTED: _COLLECTORS,
        Status.REJECTED: _COLLECTORS,
        Status.PROCESSING: _COLLECTORS,
        Status.WITHDRAWN: _OWNERS,
    },
    Status.PAYMENT_REQUESTED: {
        Status.REGISTERED: _COLLECTORS,
        Status.ACCEPTED: _STAFF_AND_SYSTEM,
        Status.PROCESSING: _STAFF_AND_SYSTEM,
        Status.WITHDRAWN: _OWNERS,
        Status.STOPPED: _DECIDERS,
        Status.FINISHED: _DECIDERS,
    },
    Status.WITHDRAWN: {},
    Status.STOPPED: {
        Status.ACCEPTED: _STAFF,
        Status.PROCESSING: _DECIDERS,
    },
    Status.FINISHED: {
        Status.ACCEPTED: frozenset({_COUNTER, _LEADER}),
        Status.PROCESSING: _STAFF,
        Status.RETURNED: frozenset({_COUNTER, _SYSTEM}),
    },
    Status.RETURNED: {},
}
"""Every lawful move and who may make it.

Processing may follow processing: each further step of the work is a row of progress of its own.
"""


def check_move(present: Status, wanted: Status, actor: ActorKind | None) -> None:
    """Let somebody move a dossier on; without an actor, somebody must be allowed to do it.

    Raises:
        ForbiddenTransitionError: if nobody may.
        ForbiddenActorError: if others may, and this one not.
    """
    ways = MOVES[present]
    if wanted not in ways:
        raise ForbiddenTransitionError(present, wanted, ways)
    if actor is not None and actor not in ways[wanted]:
        raise ForbiddenActorError(present, wanted, actor, ways[wanted])
